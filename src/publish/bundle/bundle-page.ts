// The script of a bundle's own page, index.html: built into one piece and written into the page, it needs no server.
import './reader.css';
import { blobSource } from './byte-source.ts';
import { mountReader } from './reader-page.ts';
import { verifyBundle, verifyFolder } from './verify.ts';

const root = document.getElementById('reader');
if (root) {
  root.hidden = false;
  mountReader({
    root,
    language: document.documentElement.lang,
    isOwnPage: true,
    // The list that was there without script has done its service.
    onShown: () => document.getElementById('listed')?.remove(),
    // From a file there are no workers; the check rests now and then, so that the page stays alive.
    check: (chosen, { vkey, onProgress }) => {
      const options = {
        vkey,
        onProgress: async (done: number, total: number) => {
          onProgress(done, total);
          await new Promise((resolve) => setTimeout(resolve));
        },
      };
      return Array.isArray(chosen)
        ? verifyFolder(chosen, options)
        : verifyBundle(blobSource(chosen), options);
    },
  });
}
