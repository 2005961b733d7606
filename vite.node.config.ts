// Builds the program for Node: the command and the processes it starts, all in dist/node; packages stay outside.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { buildPageAssets, PAGE_FILES } from './src/publish/bundle/page-assets.ts';

const root = import.meta.dirname;

export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: join(root, 'dist/node'),
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: join(root, 'src/cli/main.ts'),
        // For other programs: what records are, the log's library, and the proposer.
        record: join(root, 'src/record/index.ts'),
        log: join(root, 'src/log/index.ts'),
        propose: join(root, 'src/language/propose.ts'),
        'initdb-process': join(root, 'src/store/initdb-process.ts'),
        'read-process': join(root, 'src/intake/read-process.ts'),
      },
      // One flat folder: modules find process entries and migrations beside themselves.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  plugins: [
    {
      name: 'copy-what-is-read-at-run-time',
      async closeBundle() {
        cpSync(join(root, 'src/store/migrations'), join(root, 'dist/node/migrations'), { recursive: true });
        cpSync(join(root, 'src/publish/public.css'), join(root, 'dist/node/public.css'));
        const assets = await buildPageAssets();
        for (const name of ['script', 'style'] as const) {
          writeFileSync(join(root, 'dist/node', PAGE_FILES[name]), assets[name]);
        }
      },
    },
  ],
});
