import { useState } from 'react';
import type { SignedInFragment } from '../../shared/api/gql/graphql.ts';
import { type CheckoutForm, emptyForm } from './checkout.rules.ts';

const key = 'checkout';

/** The form as it was left in this tab, or with the customer's first address. */
export function useDraft(viewer: SignedInFragment): readonly [CheckoutForm, (form: CheckoutForm) => void] {
  const [form, setForm] = useState<CheckoutForm>(() => {
    const left = sessionStorage.getItem(key);
    const [address] = viewer.addresses;
    if (left) return { ...emptyForm, ...(JSON.parse(left) as Partial<CheckoutForm>) };
    return address ? { ...emptyForm, ...address, notes: address.notes ?? '' } : emptyForm;
  });
  const change = (now: CheckoutForm) => {
    sessionStorage.setItem(key, JSON.stringify(now));
    setForm(now);
  };
  return [form, change];
}
