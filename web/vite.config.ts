import { defineConfig } from 'vite';
import { embeddable } from './build/embeddable.ts';

// One entry per page: a new app is a folder with an index.html and a line here. Pages share the hashed files of
// dist/assets.
export default defineConfig({
  appType: 'mpa',
  plugins: [embeddable()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs would widen the content security policy
    chunkSizeWarningLimit: 4000, // the editor alone is that large
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' }, // the notices that the bundled libraries ask to be kept with them
    rolldownOptions: {
      input: { playground: 'playground/index.html' },
      // Libraries mark modules for compilers that don't run here ("use client"); a warning for each would hide real ones.
      onLog: (level, log, next) => log.code === 'MODULE_LEVEL_DIRECTIVE' || next(level, log),
    },
  },
  server: {
    proxy: { '/graphql': { target: process.env.PIZZERIA_URL ?? 'http://127.0.0.1:8080', ws: true } },
  },
});
