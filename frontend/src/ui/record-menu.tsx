import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/i18n';
import { Icon } from './icon';

/** What can be recorded about somebody, in the order in which it is done most. */
const ENTRIES = ['contact', 'session', 'milestone', 'rate', 'plan', 'employment', 'end'] as const;

export interface RecordMenuProps {
  enrolmentId: string;
  /** Before somebody has started there is only the start, and contacts. */
  hasStarted?: boolean;
}

/** "Record": a button that opens the ways to record something about one person. */
export function RecordMenu({ enrolmentId, hasStarted = true }: RecordMenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', close);
    addEventListener('focusin', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('focusin', close);
    };
  }, [open]);
  const entries = hasStarted ? ENTRIES : (['start', 'contact'] as const);
  return (
    <div
      class="menu record-menu"
      ref={box}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        class="button"
        type="button"
        ref={button}
        aria-expanded={open}
        aria-controls="record-menu"
        onClick={() => setOpen(!open)}
      >
        {t('ui.record')}<Icon name="down" />
      </button>
      <ul class="menu__list" id="record-menu" hidden={!open}>
        {entries.map(entry => (
          <li key={entry}><a href={`/people/${enrolmentId}/${entry}`}>{t(`ui.record-${entry}`)}</a></li>
        ))}
      </ul>
    </div>
  );
}
