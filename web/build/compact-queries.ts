import type { Plugin } from 'vite';

/** Leaves one blank of the breaks and indents that documents are generated with: browsers load them with the first page. */
export function compactQueries(): Plugin {
  return {
    name: 'compact-queries',
    transform(code, id) {
      if (!/[\\/]gql[\\/]graphql\.ts$/.test(id)) return null;
      return { code: code.replace(/gql`[^`]*`/g, (document) => document.replace(/\s+/g, ' ')), map: null };
    },
  };
}
