import { t } from '../lib/i18n';
import { Select } from './inputs';

export interface KeyWorkerChoiceProps {
  workers: readonly { id: string; name: string }[];
  /** Who chooses: a worker names themself, a manager anybody. */
  own: string;
  mayNameOthers: boolean;
  value: string;
  onInput: (workerId: string) => void;
}

/** Who is to be the key worker of somebody just accepted: oneself first; it may be decided later. */
export function KeyWorkerChoice({ workers, own, mayNameOthers, value, onInput }: KeyWorkerChoiceProps) {
  const self = workers.filter(one => one.id === own).map(({ id, name }) => ({ value: id, label: t('ui.key-worker-me', { name }) }));
  const others = mayNameOthers ? workers.filter(one => one.id !== own).map(({ id, name }) => ({ value: id, label: name })) : [];
  return (
    <Select
      name="worker_id" label={t('ui.key-worker')} value={value} onInput={onInput}
      options={[...self, ...others, { value: '', label: t('ui.key-worker-later') }]}
    />
  );
}

/** Whom the choice begins with: oneself, where one works with people here. */
export function firstKeyWorker(workers: readonly { id: string }[], own: string): string {
  return workers.some(one => one.id === own) ? own : '';
}
