import type { AddressInput, SignedInFragment } from '../../shared/api/gql/graphql.ts';

/** As many as an account has at most. */
export const mostAddresses = 20;

type Addresses = SignedInFragment['addresses'];

const input = ({ street, city, postalCode, notes }: AddressInput): AddressInput => ({ street, city, postalCode, notes: notes ?? null });

/** All addresses, the new one first. */
export const withAddress = (addresses: Addresses, address: AddressInput): AddressInput[] => [input(address), ...addresses.map(input)];

/** All but the one at the place named. */
export const withoutAddress = (addresses: Addresses, at: number): AddressInput[] => addresses.filter((_, i) => i !== at).map(input);
