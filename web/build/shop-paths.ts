import type { Plugin } from 'vite';

/** Has `npm run dev` answer the shop's page for the shop's paths, as the server does. */
export function shopPaths(): Plugin {
  return {
    name: 'shop-paths',
    apply: 'serve',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _, next) => {
        const isPage = request.headers.accept?.includes('text/html') && !/^\/(playground|graphql|images|@)/.test(request.url ?? '');
        if (isPage) request.url = '/shop/index.html';
        next();
      });
    },
  };
}
