import { useEffect, useState } from 'preact/hooks';
import { getNotices, postNotice, type Notice } from '../../api/enrolments';
import type { Person } from '../../api/person';
import { today, type Day } from '../../lib/dates';
import { ownLanguage, phraseFor, spokenTo, t } from '../../lib/i18n';
import { failureWords, formErrors, type FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { RecordPage } from '../../ui/record-page';

const MANNERS = ['read-together', 'read-aloud', 'interpreter', 'read-alone'] as const;

/** The notice, to be gone through together in the form that suits; then how it was done. */
export function GiveNotice({ person, onGiven }: { person: Person; onGiven: () => void }) {
  const [notices, setNotices] = useState<Notice[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [noticeId, setNoticeId] = useState('');
  const [manner, setManner] = useState('');
  const [givenOn, setGivenOn] = useState<Day | ''>(today());
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void getNotices(person.contract_id).then(answer => {
      setFailure(failureWords(answer));
      if (answer.kind !== 'ok') return;
      const newest = newestNotices(answer.data.items, spokenTo(person.language));
      setNotices(newest);
      setNoticeId(newest[0]?.id ?? '');
    });
  }, [person.contract_id]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const wrong = [
      ...(manner ? [] : [{ field: 'manner', message: t('start.manner-missing') }]),
      ...(givenOn ? [] : [{ field: 'given_on', message: t('start.given-missing') }]),
    ];
    setErrors(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    const answer = await postNotice(person.enrolment_id, noticeId, givenOn, manner);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind === 'ok') onGiven();
  };
  const name = person.first_name;
  const notice = notices?.find(one => one.id === noticeId);
  const none = notices && notices.length === 0 ? t('start.no-notice') : null;
  return (
    <RecordPage
      title={t('start.notice-title', { name })}
      lead={t('start.notice-lead')}
      person={person}
      errors={[...errors, ...[failure, none].flatMap(words => (words ? [{ message: words }] : []))]}
      primary={notice && <Button big grow type="submit" form="notice" busy={busy}>{t('start.notice-given')}</Button>}
    >
      <form id="notice" noValidate onSubmit={event => void submit(event)}>
        {notices && notices.length > 1 && (
          <Radios
            name="notice_id"
            label={t('start.format')}
            look="buttons"
            options={notices.map(one => ({ value: one.id, label: formatWords(one) }))}
            value={noticeId}
            onInput={setNoticeId}
          />
        )}
        {notice && <NoticeText notice={notice} />}
        {notice && (
          <>
            <Radios
              name="manner"
              label={t('start.manner')}
              options={MANNERS.map(one => ({ value: one, label: t(`start.manner-${one}`, { name }) }))}
              value={manner}
              onInput={setManner}
              error={errorAt(errors, 'manner')}
            />
            <DateInput name="given_on" label={t('start.given')} value={givenOn} onInput={setGivenOn} error={errorAt(errors, 'given_on')} />
          </>
        )}
      </form>
    </RecordPage>
  );
}

function NoticeText({ notice }: { notice: Notice }) {
  const look = notice.format === 'standard' ? 'notice' : `notice notice--${notice.format}`;
  return (
    <section class={look} lang={notice.language} aria-labelledby="notice-title">
      <h2 id="notice-title">{notice.title}</h2>
      {notice.body.split(/\n\s*\n/).map(part => (isHeading(part) ? <h3 key={part}>{part}</h3> : <p key={part}>{part}</p>))}
    </section>
  );
}

/** A short line of its own that ends no sentence heads what follows. */
function isHeading(part: string): boolean {
  return /^\p{Lu}[^\n.!?:;]{0,70}$/u.test(part.trim());
}

/** The newest version in each language and format; the person's own language first, and plain before the others. */
function newestNotices(notices: readonly Notice[], spoken: string): Notice[] {
  const newest = new Map<string, Notice>();
  for (const notice of [...notices].sort((one, other) => one.version - other.version)) newest.set(`${notice.language} ${notice.format}`, notice);
  const order = ['standard', 'easy-read', 'large-print'];
  return [...newest.values()].sort((one, other) =>
    one.language === other.language
      ? order.indexOf(one.format) - order.indexOf(other.format)
      : Number(other.language === spoken) - Number(one.language === spoken));
}

function formatWords({ format, language }: Notice): string {
  const words = t(`start.format-${format}`);
  return language === ownLanguage() ? words : t('start.in-language', { format: words, language: phraseFor('start', `language-${language}`) ?? language });
}
