import { getCaseloadLooks, type CaseloadRow, type Look, type Scope } from '../../api/people';
import { dayWords, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { Chip, Chips } from '../../ui/button';

export const LOOKS = ['moves', 'stuck', 'not-met', 'baseline-closes'] as const;

export interface LooksProps {
  scope: Scope;
  look: Look | '';
  onLook: (look: Look | '') => void;
}

/** Who moves, who is stuck, who was not met, whose baseline is about to close: how many, and press to see them. */
export function Looks({ scope, look, onLook }: LooksProps) {
  const { data } = useAnswer(`looks:${scope}`, () => getCaseloadLooks(scope));
  const counts = data && { moves: data.moves, stuck: data.stuck, 'not-met': data.not_met, 'baseline-closes': data.baseline_closes };
  return (
    <Chips label={t('people.look')}>
      {LOOKS.map(one => (
        <Chip key={one} pressed={look === one} onPress={() => onLook(look === one ? '' : one)}>
          {t(`people.look-${one}`)}{counts ? ` ${counts[one]}` : ''}
        </Chip>
      ))}
    </Chips>
  );
}

/** Why a person was found by a look, in dates. */
export function lookWords(look: Look, row: CaseloadRow): string {
  const day = (on: Day | null | undefined) => (on ? dayWords(on) : '–');
  if (look === 'moves') return t('people.moved-on', { day: day(row.moved_on) });
  if (look === 'stuck') return row.moved_on ? t('people.stuck-since', { day: day(row.moved_on) }) : t('people.never-moved', { day: day(row.started_on) });
  if (look === 'not-met') return row.last_met_on ? t('people.unmet-since', { day: day(row.last_met_on) }) : t('people.never-met');
  return row.baseline_due_on ? t('people.baseline-closes', { day: day(row.baseline_due_on) }) : t('people.baseline-locks', { day: day(row.baseline_locks_on) });
}
