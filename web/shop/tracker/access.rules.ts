/** By what right an order is looked at: it was placed here without an account, by this account, or somebody sent a link to it. */
export type Access =
  | { readonly is: 'GUEST'; readonly token: string }
  | { readonly is: 'ACCOUNT'; readonly viewerId: string }
  | { readonly is: 'LINK'; readonly token: string };

/** The rights there may be to an order, the furthest first: what follows is tried where one turns out to be none. */
export function accesses({ guestToken, viewerId, linkToken }: {
  guestToken: string | undefined;
  viewerId: string | undefined;
  linkToken: string | null;
}): readonly Access[] {
  return [
    ...(guestToken ? [{ is: 'GUEST' as const, token: guestToken }] : []),
    ...(viewerId ? [{ is: 'ACCOUNT' as const, viewerId }] : []),
    ...(linkToken ? [{ is: 'LINK' as const, token: linkToken }] : []),
  ];
}

/** The token that a link to an order carries behind its #, where neither logs nor other sites see it; null if there is none. */
export function linkTokenOf(hash: string): string | null {
  return /^#([\w-]{20,100})$/.exec(hash)?.[1] ?? null;
}
