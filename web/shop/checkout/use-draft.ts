import { useState } from 'react';
import type { SignedInFragment } from '../../shared/api/gql/graphql.ts';
import { type CheckoutForm, emptyForm } from './checkout.rules.ts';

const key = 'checkout';

/** What was filled in at the checkout in this tab; nothing, if nothing was. */
export function keptDraft(): Partial<CheckoutForm> {
  return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<CheckoutForm>;
}

/** The form as it was left in this tab, or with the customer's first address. */
export function useDraft(viewer: SignedInFragment | null): readonly [CheckoutForm, (form: CheckoutForm) => void] {
  const [form, setForm] = useState<CheckoutForm>(() => {
    const left = keptDraft();
    const address = left.street || left.postalCode ? undefined : viewer?.addresses[0];
    return { ...emptyForm, ...left, ...(address && { ...address, notes: address.notes ?? '' }) };
  });
  const change = (now: CheckoutForm) => {
    sessionStorage.setItem(key, JSON.stringify(now));
    setForm(now);
  };
  return [form, change];
}
