import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { bare } from '../../shared/money/money.ts';
import type { Preview } from '../cart/cart.rules.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { couponInWords } from './coupon-words.ts';

const most = 5;

/** Codes, and what becomes of each: what it takes off, or why it doesn't. */
export function CouponFields({ place, menu, codes, set, preview }: {
  place: PlaceFragment;
  menu: Menu;
  codes: readonly string[];
  set: (codes: readonly string[]) => void;
  preview: Preview | null;
}) {
  const { t, i18n } = useLingui();
  const dishes = useLive(menu.dishes, ({ things }) => things);
  const [typed, type] = useState('');
  const code = typed.trim();
  const add = () => {
    if (!code) return;
    if (!codes.some((other) => other.toUpperCase() === code.toUpperCase())) set([...codes, code]);
    type('');
  };
  return (
    <div className="coupons">
      <ul aria-live="polite">
        {codes.map((one) => {
          const became = preview?.coupons.find((result) => result.code.toUpperCase() === one.toUpperCase());
          const off = became && bare(became.amount, place, i18n.locale);
          return (
            <li key={one} className={became && !became.applied ? 'news' : undefined}>
              <span>
                <b>{one}</b>
                {became?.applied && (
                  <small>
                    <Trans>takes {off} off</Trans>
                  </small>
                )}
                {became && !became.applied && (
                  <small>
                    <Trans>It takes nothing off.</Trans> {became.reason && couponInWords({ i18n, place, dishes }, became.reason)}
                  </small>
                )}
              </span>
              <button type="button" className="plain" aria-label={t`Take ${one} away`} onClick={() => set(codes.filter((other) => other !== one))}>
                <Trans>Remove</Trans>
              </button>
            </li>
          );
        })}
      </ul>
      {codes.length < most && (
        <div className="code">
          <label className="field">
            <Trans>Coupon code</Trans>
            <input
              value={typed}
              maxLength={64}
              autoCapitalize="characters"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => type(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault(); // it isn't the order that is sent
                add();
              }}
            />
          </label>
          <button type="button" className="button" onClick={add}>
            <Trans>Use it</Trans>
          </button>
        </div>
      )}
    </div>
  );
}
