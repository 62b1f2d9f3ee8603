import { lingui } from '@lingui/vite-plugin';
import { defineConfig } from 'vitest/config';
import { embeddable } from './build/embeddable.ts';
import { installable, workers } from './build/installable.ts';
import { linguiMacros } from './build/lingui-macros.ts';
import { appPaths } from './build/app-paths.ts';
import { compactQueries } from './build/compact-queries.ts';

const server = process.env.PIZZERIA_URL ?? 'http://127.0.0.1:8080';

// One entry per page: a new app is a folder with an index.html and a line here. Pages share the hashed files of
// dist/assets.
export default defineConfig({
  appType: 'mpa',
  plugins: [linguiMacros(), lingui({ failOnMissing: true }), appPaths(), compactQueries(), installable(), embeddable()],
  test: { include: ['{shared,shop,kitchen}/**/*.test.ts'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs would widen the content security policy
    chunkSizeWarningLimit: 4000, // the editor alone is that large
    manifest: 'manifest.json', // tells the weights' test, and the server, which file is of which source
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' }, // the notices that the bundled libraries ask to be kept with them
    rolldownOptions: {
      input: { shop: 'shop/index.html', kitchen: 'kitchen/index.html', playground: 'playground/index.html', ...workers },
      // Few files at first: what the menu needs is one script and one stylesheet, beside the libraries and what the apps share.
      output: {
        // A worker's scope is the folder of its address, and its address stays the same.
        entryFileNames: ({ name }) => (Object.hasOwn(workers, name) ? 'root/[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'shared', test: /node_modules[\\/](urql|@urql|@0no-co|wonka|wouter|regexparam|mitt|use-sync-external-store|@lingui)[\\/]|web[\\/]shared[\\/](?!api[\\/]gql)/ },
            { name: 'menu', test: /web[\\/](shared[\\/]api[\\/]gql|shop[\\/](shell|front|place|menu|cart[\\/](?!cart-page)|dish[\\/](?!dish-page|why|configured)|sign-in[\\/]use-viewer|app|shop\.tsx|routes|catalogues|first-screen))/ },
          ],
        },
      },
      // Libraries mark modules for compilers that don't run here ("use client"); a warning for each would hide real ones.
      onLog: (level, log, next) => log.code === 'MODULE_LEVEL_DIRECTIVE' || next(level, log),
    },
  },
  server: {
    proxy: { '/graphql': { target: server, ws: true }, '/images': { target: server } },
  },
});
