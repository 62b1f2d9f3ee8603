import { transformAsync } from '@babel/core';
import macros from '@lingui/babel-plugin-lingui-macro';
import type { Plugin } from 'vite';

/** Compiles what `@lingui/.../macro` writes: texts become ids, by which the reader's catalogue is asked. */
export function linguiMacros(): Plugin {
  return {
    name: 'lingui-macros',
    enforce: 'pre',
    transform: {
      filter: { id: { include: /\.tsx?$/, exclude: /node_modules/ }, code: '@lingui/' },
      async handler(code, id) {
        const compiled = await transformAsync(code, {
          filename: id,
          plugins: [macros],
          parserOpts: { plugins: ['typescript', 'jsx'] },
          babelrc: false,
          configFile: false,
          sourceMaps: true,
        });
        return compiled?.code ? { code: compiled.code, map: compiled.map } : null;
      },
    },
  };
}
