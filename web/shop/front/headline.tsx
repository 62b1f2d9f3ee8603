import { Trans } from '@lingui/react/macro';

/** What the shop is proud of. The server draws it, too. */
export function Headline() {
  return (
    <>
      <Trans>Dough that slept for two days.</Trans>
      <br />
      <Trans>Ninety seconds in the fire.</Trans>
    </>
  );
}
