import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = new Set(['.css', '.html', '.js', '.svg', '.ttf']);

// Their licence has its text go with them, and the build's own list knows of scripts alone.
const fonts = ['@fontsource/young-serif', '@fontsource-variable/figtree', '@fontsource/fira-code'];

/** Makes the build ready for go:embed: the marker that keeps an empty dist in git, the fonts' licences, and a .gz beside every text. */
export function embeddable(): Plugin {
  return {
    name: 'embeddable',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '.gitkeep', source: '' });
      const licences = fonts.map((font) => readFileSync(`node_modules/${font}/LICENSE`, 'utf8'));
      this.emitFile({ type: 'asset', fileName: 'licenses-of-fonts.txt', source: licences.join('\n\n') });
    },
    async writeBundle({ dir }) {
      if (!dir) throw new Error('the build has no output directory');
      const files = await readdir(dir, { recursive: true });
      await Promise.all(files.filter((file) => compressible.has(extname(file))).map((file) => compress(join(dir, file))));
    },
  };
}

async function compress(file: string): Promise<void> {
  await writeFile(`${file}.gz`, await promisify(gzip)(await readFile(file), { level: 9 }));
}
