import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getCalibrations, postCalibration } from '../../api/calibrations';
import { getInstruments, type Instrument } from '../../api/settings';
import { today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Checkboxes, Radios } from '../../ui/choices';
import { DayInput } from '../../ui/date-input';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select, TextArea, TextInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { lastDayOf, signedBody, signingErrors, type SigningDraft } from './signing-draft';
import { useSending, type Sending } from './use-sending';

const RATERS = ['participant', 'worker', 'second-rater'] as const;
const SOURCES = ['provisional', 'published'] as const;

/** The commissioner puts its name to figures: what then rests on them is said before. */
export default function SignCalibration() {
  const { query } = useLocation();
  const instruments = useAnswer('instruments', getInstruments);
  const sending = useSending();
  const instrument = instruments.data?.items.find(one => one.id === query['instrument']);
  return (
    <Page
      title={t('calibrations.sign-title')} kind="form" lead={t('calibrations.sign-lead')} hasErrors={sending.errors.length > 0}
      back={{ href: '/settings/calibrations', words: t('calibrations.title') }}
      primary={instrument && <Button big grow type="submit" form="sign" busy={sending.busy}>{t('calibrations.sign')}</Button>}
    >
      <ErrorSummary errors={sending.errors} />
      <AskedFor asked={instruments}>
        {() => instrument
          ? <SigningForm instrument={instrument} sending={sending} />
          : <EmptyState title={t('calibrations.no-instrument')}>{t('calibrations.no-instrument-what')}</EmptyState>}
      </AskedFor>
    </Page>
  );
}

function SigningForm({ instrument, sending }: { instrument: Instrument; sending: Sending }) {
  const { route } = useLocation();
  const ladders = instrument.ladders.filter(ladder => ladder.is_higher_better);
  const known = useAnswer('calibrations', getCalibrations);
  const languages = [...new Set(['en', 'cy', ...(known.data?.items ?? []).filter(one => one.instrument_id === instrument.id).map(one => one.language)])];
  const [draft, setDraft] = useState<SigningDraft>({
    rater: '', language: 'en', ladders: ladders.map(ladder => ladder.code), source: 'provisional', sd: '', r: '', r_lower: '', n: '',
    reference: '', valid_from: today(), valid_until: lastDayOf(today()),
  });
  const change = (part: Partial<SigningDraft>) => setDraft(before => ({ ...before, ...part }));
  const at = (name: string) => errorAt(sending.errors, name);
  const isProvisional = draft.source === 'provisional';
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await sending.send(signingErrors(draft), () => postCalibration(signedBody(draft, instrument.id))))) return;
    route('/settings/calibrations');
    announce(t('calibrations.signed-now'));
  };
  return (
    <form id="sign" noValidate onSubmit={event => void submit(event)}>
      <p><b>{t('calibrations.of', { instrument: instrument.title, version: instrument.version })}</b></p>
      <Radios
        name="source" label={t('calibrations.source')} value={draft.source} onInput={source => change({ source: source as SigningDraft['source'] })} error={at('source')}
        options={SOURCES.map(value => ({ value, label: t(`calibrations.source-${value}`), hint: t(`calibrations.source-${value}-hint`) }))}
      />
      <Radios
        name="rater" label={t('calibrations.rater')} value={draft.rater || null} onInput={rater => change({ rater: rater as SigningDraft['rater'] })} error={at('rater')}
        options={RATERS.map(value => ({ value, label: t(`calibrations.rater-${value}`) }))}
      />
      <Select
        name="language" label={t('calibrations.language')} value={draft.language} onInput={language => change({ language })} error={at('language')}
        options={languages.map(value => ({ value, label: value === 'en' || value === 'cy' ? t(`calibrations.language-${value}`) : value }))}
      />
      <Checkboxes
        name="ladders" label={t('calibrations.ladders')} hint={t('calibrations.ladders-hint')} values={draft.ladders} onInput={chosen => change({ ladders: chosen })} error={at('ladders')}
        options={ladders.map(ladder => ({ value: ladder.code, label: ladder.title }))}
      />
      <TextInput name="sd" label={t('calibrations.sd')} hint={t('calibrations.sd-hint')} width={10} autocomplete="off" value={draft.sd} onInput={sd => change({ sd })} error={at('sd')} />
      <TextInput
        name="r" label={t('calibrations.r-label')} hint={isProvisional ? t('calibrations.r-provisional-hint') : t('calibrations.r-hint')} width={10} autocomplete="off"
        value={draft.r} onInput={r => change({ r })} error={at('r')}
      />
      {!isProvisional && (
        <>
          <TextInput name="r_lower" label={t('calibrations.r-lower')} hint={t('calibrations.r-lower-hint')} width={10} autocomplete="off" value={draft.r_lower} onInput={r_lower => change({ r_lower })} error={at('r_lower')} />
          <TextInput name="n" label={t('calibrations.pairs')} hint={t('calibrations.n-hint')} width={10} autocomplete="off" value={draft.n} onInput={n => change({ n })} error={at('n')} />
        </>
      )}
      <TextArea name="reference" label={t('calibrations.reference')} hint={t('calibrations.reference-hint')} rows={3} maxLength={1000} value={draft.reference} onInput={reference => change({ reference })} error={at('reference')} />
      <DayInput name="valid_from" label={t('calibrations.from')} hint={t('calibrations.from-hint')} value={draft.valid_from} onInput={valid_from => change({ valid_from })} error={at('valid_from')} />
      <DayInput
        name="valid_until" label={t('calibrations.until')} hint={isProvisional ? t('calibrations.until-hint') : t('calibrations.until-open-hint')}
        value={draft.valid_until} onInput={valid_until => change({ valid_until })} error={at('valid_until')}
      />
      <p>{isProvisional ? t('calibrations.then-provisional') : t('calibrations.then-published')}</p>
    </form>
  );
}
