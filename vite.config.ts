// How the desk is built: one page for the desk, one for checking bundles; served by Constat under /desk/.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = join(import.meta.dirname, 'src/web');

/** Holds back the first paint until the desk's script has set theme and language: no flash of white at midnight. */
const paintOnce: Plugin = {
  name: 'paint-once',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

export default defineConfig({
  root,
  base: '/desk/',
  publicDir: false,
  plugins: [react(), paintOnce],
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // The content policy allows files of our own and nothing written into a page, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: join(root, 'index.html'), verify: join(root, 'verify/index.html') },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000', '/log': 'http://127.0.0.1:4000' } },
});
