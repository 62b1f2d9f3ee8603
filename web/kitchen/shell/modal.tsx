import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A dialog that is open for as long as it is drawn. */
export function Modal({ title, close, children, isWide = false }: { title: ReactNode; close: () => void; children: ReactNode; isWide?: boolean }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} className={isWide ? 'wide' : undefined} onClose={close}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
