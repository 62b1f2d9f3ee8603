import { Trans } from '@lingui/react/macro';

/** What became of what was saved last. */
export function Saved({ isDone, wrong }: { isDone: boolean; wrong: string | null }) {
  if (wrong) {
    return (
      <p className="wrong" role="alert">
        {wrong}
      </p>
    );
  }
  return isDone ? (
    <p className="saved">
      <span aria-hidden="true">✓</span> <Trans>Saved.</Trans>
    </p>
  ) : null;
}
