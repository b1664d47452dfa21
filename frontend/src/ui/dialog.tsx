import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';
import { Button } from './button';

export interface DialogProps {
  open: boolean;
  title: string;
  /** Escape, or the second button. */
  onClose: () => void;
  /** Buttons, the act first. */
  acts: ComponentChildren;
  children?: ComponentChildren;
}

/** A question in front of the page. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ open, title, onClose, acts, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog class="dialog" ref={box} aria-labelledby="dialog-title" onClose={onClose}>
      {open && (
        <>
          <h2 id="dialog-title" tabIndex={-1}>{title}</h2>
          <div class="dialog__body">{children}</div>
          <div class="acts">{acts}</div>
        </>
      )}
    </dialog>
  );
}

export interface ConfirmProps {
  open: boolean;
  /** The question: "Lock the claim for February?" */
  title: string;
  /** The act in its own words: "Lock 46 lines"; never "OK". */
  confirm: string;
  cancel?: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** What will happen. */
  children: ComponentChildren;
}

/** Ask once, in the words of what will happen. */
export function Confirm({ open, title, confirm, cancel, busy, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button busy={busy} onClick={onConfirm}>{confirm}</Button>
          <Button second onClick={onClose}>{cancel ?? t('ui.cancel')}</Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
