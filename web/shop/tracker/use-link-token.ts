import { useEffect, useState } from 'react';
import { linkTokenOf } from './access.rules.ts';

/** The token of the link that led here. It goes out of the address bar, where others see it and bookmarks keep it, and is kept in this tab. */
export function useLinkToken(id: string): string | null {
  const key = `link ${id}`;
  const [token, setToken] = useState(() => linkTokenOf(location.hash) ?? sessionStorage.getItem(key));
  useEffect(() => {
    const take = () => {
      const told = linkTokenOf(location.hash);
      if (!told) return;
      sessionStorage.setItem(key, told);
      history.replaceState(history.state, '', location.pathname + location.search);
      setToken(told);
    };
    take();
    addEventListener('hashchange', take); // another link, while the page is open
    return () => removeEventListener('hashchange', take);
  }, [key]);
  return token;
}
