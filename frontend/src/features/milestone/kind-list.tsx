import { useState } from 'preact/hooks';
import type { MilestoneKind } from '../../api/library';
import { t } from '../../lib/i18n';
import { Radios } from '../../ui/choices';
import { SearchInput } from '../../ui/inputs';
import { ShowMore } from '../../ui/pager';
import { found, groupWords } from './kinds';

const SHOWN = 5;

export interface KindListProps {
  /** Those due first stand first. */
  kinds: readonly MilestoneKind[];
  chosen: string;
  error?: string | undefined;
  onChoose: (code: string) => void;
}

/** Which milestone it is: a few to begin with, any by a word of it. */
export function KindList({ kinds, chosen, error, onChoose }: KindListProps) {
  const [words, setWords] = useState('');
  const [all, setAll] = useState(false);
  const matching = found(kinds, words);
  const first = words || all ? matching : matching.slice(0, SHOWN);
  const mine = matching.find(kind => kind.code === chosen);
  const shown = mine && !first.includes(mine) ? [mine, ...first] : first;
  return (
    <>
      <SearchInput
        name="kind-search"
        label={t('milestone.search', { count: kinds.length })}
        hideLabel
        placeholder={t('milestone.search', { count: kinds.length })}
        value={words}
        onInput={setWords}
      />
      <p class="hidden" role="status">{words ? t('milestone.found', { count: matching.length }) : ''}</p>
      <Radios
        name="kind"
        label={t('milestone.what')}
        hideLabel
        look="rows"
        options={shown.map(kind => ({ value: kind.code, label: kind.title, hint: groupWords(kind.jet_group) }))}
        value={chosen}
        onInput={onChoose}
        error={error}
        more={
          shown.length < matching.length
            ? <ShowMore others={matching.length - shown.length} onMore={() => setAll(true)} />
            : matching.length === 0 && <li class="rows__none">{t('milestone.none', { words })}</li>
        }
      />
    </>
  );
}
