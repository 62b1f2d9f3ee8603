import kitchenFeed from './examples/kitchen-feed.graphql?raw';
import kitchenWork from './examples/kitchen-work.graphql?raw';
import menu from './examples/menu.graphql?raw';
import orderStatusChanged from './examples/order-status-changed.graphql?raw';
import placeOrder from './examples/place-order.graphql?raw';
import signIn from './examples/sign-in.graphql?raw';

interface Example {
  query: string;
  variables: string;
}

/**
 * The tabs of a first visit, in the order of a first order. Orders placed at different times need different keys.
 * @param locationId where to order; null where there is no location yet
 */
export function examples(openedAt: Date, locationId: string | null): Example[] {
  return [
    // As a default: GraphiQL shows no variables in the tab that a first visit begins with.
    { query: menu.replace('$locationId: ID', `$locationId: ID = ${JSON.stringify(locationId)}`), variables: '' },
    example(signIn, { input: { email: 'customer@example.com', password: 'pizzeria-demo' } }),
    example(placeOrder, {
      input: {
        locationId,
        idempotencyKey: `playground ${openedAt.toISOString()}`,
        items: [{ menuItemId: 'id from the Menu tab', size: 'MEDIUM', quantity: 1 }],
        fulfillment: 'DELIVERY',
        deliveryAddress: { street: '1 Wacker Drive', city: 'Chicago', postalCode: '60606' },
        paymentMethod: 'CARD',
        paymentToken: 'tok_ok',
      },
    }),
    example(orderStatusChanged, { orderId: 'id from the PlaceOrder tab' }),
    example(kitchenFeed, { locationId }),
    example(kitchenWork, { input: { orderId: 'id from the PlaceOrder tab' } }),
  ];
}

function example(query: string, variables: object): Example {
  return { query, variables: JSON.stringify(variables, null, 2) };
}
