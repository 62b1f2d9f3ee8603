import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Client, Provider } from 'urql';
import { type PlaceFragment, PlacesDocument, type SignedInFragment } from '../shared/api/gql/graphql.ts';
import { PageSocket } from '../shared/api/socket.ts';
import { useAsk } from '../shared/api/use-ask.ts';
import { type Basket, Cart } from './cart/cart.ts';
import type { FirstScreen, Settings } from './first-screen.ts';
import { Menu } from './menu/menu.feed.ts';
import { useViewer } from './sign-in/use-viewer.ts';

/** What every page of the shop may need. */
export interface Shop {
  readonly client: Client;
  readonly socket: PageSocket;
  readonly settings: Settings;
  /** Since when what is shown is known, in ms, if it was kept from then: the page came without network. */
  readonly keptAt: number | null;
  /** Undefined until they are known. */
  readonly places: readonly PlaceFragment[] | undefined;
  /** Why the places aren't known. */
  readonly failure: string | null;
  readonly again: () => void;
  /** Null: a visitor; undefined until it is known. */
  readonly viewer: SignedInFragment | null | undefined;
  /** Somebody has signed in, or out. */
  readonly becomes: (viewer: SignedInFragment | null) => void;
  readonly menuOf: (locationId: string) => Menu;
  readonly cartOf: (locationId: string) => Cart;
}

const Context = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = useContext(Context);
  if (!shop) throw new Error('there is no shop around this');
  return shop;
}

/** Makes what a page has once: socket, menus and carts. */
export function ShopProvider({ client, first, children }: { client: Client; first: FirstScreen; children: ReactNode }) {
  return (
    <Provider value={client}>
      <Opened client={client} first={first}>
        {children}
      </Opened>
    </Provider>
  );
}

function Opened({ client, first, children }: { client: Client; first: FirstScreen; children: ReactNode }) {
  const [made] = useState(() => make(client, first));
  const places = useAsk(PlacesDocument, {}, first.places !== null);
  const [viewer, setViewer] = useViewer(client);
  const becomes = useCallback(
    (now: SignedInFragment | null) => {
      setViewer((before) => {
        if (before?.id !== now?.id) made.socket.renew();
        return now;
      });
    },
    [made, setViewer],
  );
  const known = first.places ?? places.data;
  const shop = useMemo<Shop>(
    () => ({ ...made, client, settings: first.settings, keptAt: first.keptAt, places: known?.locations, failure: places.failure, again: places.again, viewer, becomes }),
    [made, client, first, known, places.failure, places.again, viewer, becomes],
  );
  return <Context value={shop}>{children}</Context>;
}

function make(client: Client, first: FirstScreen) {
  const socket = new PageSocket();
  const menus = new Map<string, Menu>();
  const carts = new Map<string, Cart>();
  const menuOf = (locationId: string) => {
    const known = menus.get(locationId);
    if (known) return known;
    const menu = new Menu(client, socket, locationId);
    menus.set(locationId, menu);
    if (first.menu?.locationId === locationId) menu.show(first.menu.answer);
    return menu;
  };
  const cartOf = (locationId: string) => {
    const cart = carts.get(locationId) ?? new Cart(locationId, localStorage);
    carts.set(locationId, cart);
    return cart;
  };
  return { socket, menuOf, cartOf };
}

/** The place of a page, whose menu is live as long as the page is there. */
export interface AtPlace {
  readonly place: PlaceFragment;
  readonly menu: Menu;
  readonly cart: Cart;
  readonly basket: Basket;
}

export function useCart(cart: Cart): Basket {
  return useSyncExternalStore(cart.watch, cart.basket);
}

export function useLiveMenu(locationId: string): Menu {
  const menu = useShop().menuOf(locationId);
  useEffect(() => {
    const wake = () => document.visibilityState === 'visible' && menu.feed.wake();
    if (menu.dishes.picture().cursor === '') void menu.load();
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    const end = menu.feed.start();
    return () => {
      end();
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [menu]);
  return menu;
}
