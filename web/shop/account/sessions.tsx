import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { send } from '../../shared/api/client.ts';
import { SessionsDocument, SignOutEverywhereDocument } from '../../shared/api/gql/graphql.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';

/** Where the account is signed in. */
export function Sessions() {
  const { i18n } = useLingui();
  const { client, becomes } = useShop();
  const [, go] = useLocation();
  const { data } = useAsk(SessionsDocument, {});
  const leave = async () => {
    const { failure } = await send(client, SignOutEverywhereDocument, {});
    if (failure) return;
    sessionStorage.clear();
    go(paths.front());
    becomes(null);
  };
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section>
      <h2>
        <Trans>Where you are signed in</Trans>
      </h2>
      <ul className="rows" aria-busy={!data}>
        {data?.viewer?.sessions.map(({ id, createdAt, address, client: program, isCurrent }) => (
          <li key={id}>
            <span>
              <b>{isCurrent ? <Trans>Here</Trans> : programName(program)}</b> {date.format(new Date(createdAt))}
              <small>{address}</small>
            </span>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => void leave()}>
        <Trans>Sign out everywhere</Trans>
      </button>
    </section>
  );
}

/** A browser's name, of all that it tells of itself. */
function programName(client: string | null | undefined): string {
  return /(Firefox|Edg|OPR|Chrome|Safari)/.exec(client ?? '')?.[1]?.replace('Edg', 'Edge').replace('OPR', 'Opera') ?? client?.split('/')[0] ?? '?';
}
