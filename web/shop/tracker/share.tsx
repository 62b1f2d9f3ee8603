import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { ShareOrderDocument, type TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { wallDate } from '../../shared/time/time.ts';
import { paths } from '../routes.ts';
import type { OrderFeed } from './order.feed.ts';

interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

type Outcome = { readonly is: 'COPIED' | 'SHOWN' } | { readonly is: 'REFUSED'; readonly code: string };

/** Makes a link by which others follow the order, once, and hands it on: by what the device shares with, or else by copying it. */
export function Share({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { t, i18n } = useLingui();
  const { number, location: place } = order;
  const [link, keep] = useState<Link | null>(null);
  const [outcome, tell] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const made = async (): Promise<Link | string> => {
    const { data, failure } = await send(source.client, ShareOrderDocument, { input: { orderId: order.id } });
    const { trackingToken: token, expiresAt, userErrors = [] } = data?.shareOrder ?? {};
    if (!token || !expiresAt) return failure ?? userErrors[0]?.code ?? 'INTERNAL_SERVER_ERROR';
    return { url: new URL(`${paths.order(order.id)}#${token}`, location.href).href, expiresAt };
  };
  const share = async () => {
    setBusy(true);
    const one = link ?? (await made());
    setBusy(false);
    if (typeof one === 'string') return tell({ is: 'REFUSED', code: one });
    keep(one);
    const became = await handOn({ title: t`Order ${number}`, url: one.url });
    tell(became && { is: became });
  };
  const until = link && wallDate(link.expiresAt, place.timeZone, i18n.locale);
  return (
    <div className="share">
      <button type="button" className="button" disabled={isBusy} onClick={() => void share()}>
        <Trans>Share a link to it</Trans>
      </button>
      <div role="status">
        {outcome?.is === 'COPIED' && (
          <p>
            <Trans>The link is copied. Whoever has it sees where the order is, until {until}, and can change nothing.</Trans>
          </p>
        )}
        {outcome?.is === 'SHOWN' && (
          <p>
            <Trans>Copy the link. Whoever has it sees where the order is, until {until}, and can change nothing.</Trans>
          </p>
        )}
        {outcome?.is === 'REFUSED' && <p className="wrong">{refusal(i18n, outcome.code)}</p>}
      </div>
      {link && outcome?.is === 'SHOWN' && (
        <label className="field">
          <Trans>Link</Trans>
          <input readOnly value={link.url} onFocus={(event) => event.target.select()} />
        </label>
      )}
    </div>
  );
}

/** What became of it; null if it was shared, or its sharing was called off. */
async function handOn(data: { title: string; url: string }): Promise<'COPIED' | 'SHOWN' | null> {
  if (navigator.canShare?.(data)) {
    try {
      await navigator.share(data);
      return null;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
    }
  }
  // Browsers may refuse either one where the press of the button was too long ago.
  return navigator.clipboard?.writeText(data.url).then(() => 'COPIED' as const, () => 'SHOWN' as const) ?? 'SHOWN';
}
