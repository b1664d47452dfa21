import { t } from '../lib/i18n';
import { Icon } from './icon';
import { useMenu } from './use-menu';

/** What can be recorded about somebody on the programme, in the order in which it is done most. */
const ON_PROGRAMME = ['contact', 'session', 'milestone', 'rate', 'plan', 'employment', 'picture', 'pause', 'end'] as const;
/** And before they are: the way to the start, contacts, and that it never came. */
const BEFORE = { referred: ['start', 'contact'], accepted: ['start', 'contact', 'not-started'] } as const;

type Entry = (typeof ON_PROGRAMME)[number] | (typeof BEFORE)[keyof typeof BEFORE][number];

export interface RecordMenuProps {
  enrolmentId: string;
  /** Where they stand with the provider. */
  state: string;
}

/** "Record": a button that opens the ways to record something about one person. */
export function RecordMenu({ enrolmentId, state }: RecordMenuProps) {
  const { open, toggle, box, button, onKeyDown } = useMenu();
  const entries: readonly Entry[] = BEFORE[state as keyof typeof BEFORE] ?? ON_PROGRAMME;
  return (
    <div class="menu record-menu" ref={box} onKeyDown={onKeyDown}>
      <button class="button" type="button" ref={button} aria-expanded={open} aria-controls="record-menu" onClick={toggle}>
        {t('ui.record')}<Icon name="down" />
      </button>
      <ul class="menu__list" id="record-menu" hidden={!open}>
        {entries.map(entry => (
          <li key={entry}>
            <a href={`/people/${enrolmentId}/${entry}`}>{t(`ui.record-${entry === 'pause' && state === 'paused' ? 'resume' : entry}`)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
