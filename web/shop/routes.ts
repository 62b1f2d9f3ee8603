// Every path of the app, and nowhere else. The server knows the same ones: it answers them with the app's page.

export const patterns = {
  front: '/',
  signIn: '/sign-in',
  account: '/account',
  orders: '/orders',
  order: '/orders/:id',
  menu: '/:slug',
  dish: '/:slug/dishes/:id',
  cart: '/:slug/cart',
  checkout: '/:slug/checkout',
} as const;

export const paths = {
  front: () => '/',
  signIn: (back?: string) => (back ? `/sign-in?back=${encodeURIComponent(back)}` : '/sign-in'),
  /** To an account for somebody whose name and phone number are known: they were told at the checkout. */
  signUp: (back: string) => `/sign-in?new=1&back=${encodeURIComponent(back)}`,
  account: () => '/account',
  orders: () => '/orders',
  order: (id: string) => `/orders/${id}`,
  menu: (slug: string) => `/${slug}`,
  dish: (slug: string, id: string) => `/${slug}/dishes/${id}`,
  cart: (slug: string) => `/${slug}/cart`,
  checkout: (slug: string) => `/${slug}/checkout`,
};

/** Where to go back to after signing in: a path of this app, whatever a link says. */
export function backOf(search: string): string {
  const back = new URLSearchParams(search).get('back') ?? '';
  return /^\/(?![/\\])/.test(back) ? back : paths.front();
}
