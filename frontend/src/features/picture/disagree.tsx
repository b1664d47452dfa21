import { useEffect, useState } from 'preact/hooks';
import type { PictureFact } from '../../api/picture';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Checkboxes } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/inputs';
import { factWords } from './sentences';

/** As the server takes them. */
const LONGEST = 4000;

/** Who may sit beside, besides the worker who holds out the tablet. */
const COMPANY = ['interpreter', 'advocate', 'supporter'] as const;

/** What somebody says against a fact: their words or none, and who was there. */
export interface Said {
  words: string;
  company: string[];
}

export interface DisagreeProps {
  /** What it is about; null while nothing is asked. */
  fact: PictureFact | null;
  worker: string | null;
  /** On the worker's tablet it is asked who else is there. */
  asksCompany: boolean;
  busy: boolean;
  failure: string | null;
  onSay: (said: Said) => void;
  onClose: () => void;
}

/** The second and third tap: words if they like, and say so. */
export function Disagree({ fact, worker, asksCompany, busy, failure, onSay, onClose }: DisagreeProps) {
  const [words, setWords] = useState('');
  const [company, setCompany] = useState<string[]>([]);
  useEffect(() => {
    setWords('');
    setCompany([]);
  }, [fact?.record_id]);
  return (
    <Dialog
      open={fact !== null}
      title={t('picture.disagree-title')}
      onClose={onClose}
      acts={
        <>
          <Button big busy={busy} onClick={() => onSay({ words: words.trim(), company })}>{t('picture.say-so')}</Button>
          <Button second big onClick={onClose}>{t('picture.leave-it')}</Button>
        </>
      }
    >
      {fact && <p><b>{factWords(fact, worker)}</b></p>}
      <p>{t('picture.disagree-then')}</p>
      {failure && <p class="govuk-error-message" role="alert">{failure}</p>}
      <TextArea name="disagree-words" label={t('picture.disagree-words')} rows={3} maxLength={LONGEST} value={words} onInput={setWords} />
      {asksCompany && (
        <Checkboxes
          name="disagree-company"
          label={t('picture.company')}
          options={COMPANY.map(value => ({ value, label: t(`picture.company-${value}`) }))}
          values={company}
          onInput={setCompany}
        />
      )}
    </Dialog>
  );
}
