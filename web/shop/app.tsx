import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Announcer } from '../shared/ui/announce.tsx';
import { PizzaInks } from '../shared/ui/pizza.tsx';
import { FrontPage } from './front/front-page.tsx';
import { MenuPage } from './menu/menu-page.tsx';
import { patterns } from './routes.ts';
import { Footer } from './shell/footer.tsx';
import { NoSuchPage, Broken } from './shell/no-page.tsx';
import { PageSkeleton } from './shell/skeleton.tsx';
import { WithPlace } from './shell/with-place.tsx';
import { keepPage, startWorker } from './shell/worker.ts';

// What is seen first is small; the rest comes while one reads.
const later = {
  dish: () => import('./dish/dish-page.tsx'),
  cart: () => import('./cart/cart-page.tsx'),
  checkout: () => import('./checkout/checkout-page.tsx'),
  tracker: () => import('./tracker/tracker-page.tsx'),
  orders: () => import('./orders/orders-page.tsx'),
  account: () => import('./account/account-page.tsx'),
  signIn: () => import('./sign-in/sign-in-page.tsx'),
};
const DishPage = lazy(() => later.dish().then((page) => ({ default: page.DishPage })));
const CartPage = lazy(() => later.cart().then((page) => ({ default: page.CartPage })));
const CheckoutPage = lazy(() => later.checkout().then((page) => ({ default: page.CheckoutPage })));
const TrackerPage = lazy(() => later.tracker().then((page) => ({ default: page.TrackerPage })));
const OrdersPage = lazy(() => later.orders().then((page) => ({ default: page.OrdersPage })));
const AccountPage = lazy(() => later.account().then((page) => ({ default: page.AccountPage })));
const SignInPage = lazy(() => later.signIn().then((page) => ({ default: page.SignInPage })));

export function App() {
  const [path] = useLocation();
  useEffect(() => keepPage(path), [path]);
  useEffect(() => {
    const idle = setTimeout(() => {
      startWorker();
      void Promise.allSettled(Object.values(later).map((load) => load()));
    }, 2500);
    return () => clearTimeout(idle);
  }, []);
  return (
    <>
      <PizzaInks />
      <Announcer />
      <Boundary>
        <Suspense fallback={<PageSkeleton />}>
          <Switch>
            <Route path={patterns.front}>
              <FrontPage />
            </Route>
            <Route path={patterns.signIn}>
              <SignInPage />
            </Route>
            <Route path={patterns.account}>
              <AccountPage />
            </Route>
            <Route path={patterns.orders}>
              <OrdersPage />
            </Route>
            <Route path={patterns.order}>{({ id }) => <TrackerPage key={id} id={id} />}</Route>
            <Route path={patterns.menu}>{({ slug }) => <WithPlace slug={slug} draw={(place) => <MenuPage key={place.id} place={place} />} />}</Route>
            <Route path={patterns.dish}>
              {({ slug, id }) => <WithPlace slug={slug} draw={(place) => <DishPage key={id} place={place} id={id} />} />}
            </Route>
            <Route path={patterns.cart}>{({ slug }) => <WithPlace slug={slug} draw={(place) => <CartPage place={place} />} />}</Route>
            <Route path={patterns.checkout}>{({ slug }) => <WithPlace slug={slug} draw={(place) => <CheckoutPage place={place} />} />}</Route>
            <Route>
              <NoSuchPage />
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
      <Footer />
    </>
  );
}

/** A page that breaks says so, and the rest of the app goes on. */
class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
