// Every path of the app, below /kitchen, which the server answers with the app's page.

export const base = '/kitchen';

export const patterns = {
  board: '/',
  counter: '/counter',
  settings: '/settings',
  keys: '/keys',
  print: '/print/:id',
} as const;

export const paths = {
  board: () => '/',
  counter: () => '/counter',
  settings: () => '/settings',
  /** The sheet of keys, to be printed. */
  keys: () => '/keys',
  /** A ticket and its boxes' labels. */
  print: (id: string) => `/print/${id}`,
};
