import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';

/** The entries that become service workers, each of the app whose files it keeps. */
export const workers = { 'service-worker': 'shop/offline/service-worker.ts', 'kitchen-worker': 'kitchen/offline/service-worker.ts' } as const;

const apps: Readonly<Record<keyof typeof workers, string>> = { 'service-worker': 'shop', 'kitchen-worker': 'kitchen' };

// Files that are known by their names, so that these have no hash; the server answers them at the root.
const atRoot = {
  'app.webmanifest': 'shop/app.webmanifest',
  'icon.svg': 'brand/icon.svg',
  'icon-192.png': 'brand/icon-192.png',
  'icon-512.png': 'brand/icon-512.png',
  'icon-apple.png': 'brand/icon-apple.png',
};

/** Makes apps that can be installed: what is at the root, and workers that know the files of their build. */
export function installable(): Plugin {
  return {
    name: 'installable',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const [name, source] of Object.entries(atRoot)) this.emitFile({ type: 'asset', fileName: `root/${name}`, source: readFileSync(source) });
      for (const [worker, app] of Object.entries(apps)) fill(worker, app, bundle);
    },
  };
}

/** Puts the files of an app's build into its worker. */
function fill(worker: string, app: string, bundle: Rolldown.OutputBundle) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const [code, page] = [worker, app].map((name) => chunks.find((chunk) => chunk.isEntry && chunk.name === name));
  if (!code || !page) throw new Error(`the build has no ${app}, or no ${worker}`);
  const files = [...filesOf(page, bundle)].toSorted().map((file) => `/${file}`);
  const name = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
  const filled = code.code.replace(/(["'`])%BUILD%\1/, () => JSON.stringify(JSON.stringify({ name, files })));
  if (filled === code.code) throw new Error(`the ${worker} has no place for its build`);
  code.code = filled;
}

/** All that the page may load: its scripts and those that come later, their styles, its sign, and the fonts that Latin texts need. */
function filesOf(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, files = new Set<string>()): Set<string> {
  if (files.has(chunk.fileName)) return files;
  files.add(chunk.fileName);
  const { importedCss = [], importedAssets = [] } = chunk.viteMetadata ?? {};
  for (const file of importedCss) files.add(file);
  for (const file of importedAssets) if (/-latin-(400|wght)-normal-.*\.woff2$|\.svg$/.test(file)) files.add(file);
  for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
    const other = bundle[name];
    if (other?.type === 'chunk') filesOf(other, bundle, files);
  }
  return files;
}
