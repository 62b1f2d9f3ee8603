import type { Plugin } from 'vite';

/** Has `npm run dev` answer an app's page for all of its paths, as the server does. */
export function appPaths(): Plugin {
  return {
    name: 'app-paths',
    apply: 'serve',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _, next) => {
        const path = request.url ?? '';
        const isPage = request.headers.accept?.includes('text/html') && !/^\/(playground|graphql|images|@)/.test(path);
        if (isPage) request.url = /^\/kitchen(\/|$)/.test(path) ? '/kitchen/index.html' : '/shop/index.html';
        next();
      });
    },
  };
}
