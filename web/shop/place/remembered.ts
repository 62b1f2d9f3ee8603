const key = 'place';

/** The location where one was last. */
export const rememberedPlace = () => localStorage.getItem(key);

export const rememberPlace = (slug: string) => localStorage.setItem(key, slug);
