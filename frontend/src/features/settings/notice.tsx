import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getContract, getNoticeTemplates, postNotice, type NoticeTemplate, type WholeContract } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea, TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import {
  EMPTY_NOTICE, fieldsOf, FORMATS, LANGUAGES, noticeBody, noticeErrors, openVersions, templateFor, type NoticeDraft,
} from './notice-draft';
import { useSending, type Sending } from './use-sending';

/** Publish what people are told before they start: a new version, or a language or format of one that stands. */
export default function NoticePage() {
  const { contractId = '' } = useRoute().params;
  const contract = useAnswer(contractId, () => getContract(contractId));
  const templates = useAnswer('notice-templates', getNoticeTemplates);
  const sending = useSending();
  const [published, setPublished] = useState<string | null>(null);
  const isHere = contract.data && templates.data;
  return (
    <Page
      title={t('settings.publish-notice')} kind="form" lead={t('settings.publish-notice-lead')} hasErrors={sending.errors.length > 0}
      back={{ href: `/settings/contracts/${contractId}`, words: contract.data?.code ?? t('settings.contract') }}
      primary={isHere && <Button big grow type="submit" form="notice">{t('settings.publish')}</Button>}
    >
      {published && <NotificationBanner tone="success"><p>{published}</p><p>{t('settings.published-next')}</p></NotificationBanner>}
      <ErrorSummary errors={sending.errors} />
      <AskedFor asked={contract}>
        {whole => (
          <AskedFor asked={templates}>
            {({ items }) => (
              <NoticeForm
                contract={whole} templates={items} sending={sending}
                onPublished={words => {
                  setPublished(words);
                  contract.reload();
                }}
              />
            )}
          </AskedFor>
        )}
      </AskedFor>
    </Page>
  );
}

interface NoticeFormProps {
  contract: WholeContract;
  templates: readonly NoticeTemplate[];
  sending: Sending;
  onPublished: (words: string) => void;
}

function NoticeForm({ contract, templates, sending, onPublished }: NoticeFormProps) {
  const [draft, setDraft] = useState<NoticeDraft>(EMPTY_NOTICE);
  const [asking, setAsking] = useState(false);
  const { errors, busy, refuse, send } = sending;
  const template = templateFor(templates, draft);
  const versions = openVersions(contract.notices, draft);
  const version = versions.includes(Number(draft.version)) ? draft.version : '';
  const change = (next: Partial<NoticeDraft>) => setDraft({ ...draft, ...next });
  const words = { language: t(`settings.language-${draft.language}`), format: t(`settings.format-${draft.format}`) };
  const ask = (event: Event) => {
    event.preventDefault();
    const missing = noticeErrors(draft, template);
    refuse(missing);
    setAsking(missing.length === 0);
  };
  const publish = async () => {
    const notice = await send([], () => postNotice(contract.id, noticeBody({ ...draft, version }, template)), { 'notice-stands': 'format' });
    setAsking(false);
    if (!notice) return;
    const done = t('settings.published', { version: notice.version, ...words });
    setDraft({ ...draft, version: String(notice.version) });
    scrollTo(0, 0);
    onPublished(done);
  };
  return (
    <form id="notice" noValidate onSubmit={ask}>
      <Radios
        name="language" label={t('settings.notice-language')} look="buttons" value={draft.language} error={errorAt(errors, 'language')}
        onInput={language => change({ language: language as NoticeDraft['language'] })}
        options={LANGUAGES.map(value => ({ value, label: t(`settings.language-${value}`) }))}
      />
      <Radios
        name="format" label={t('settings.notice-format')} look="buttons" value={draft.format} error={errorAt(errors, 'format')}
        onInput={format => change({ format: format as NoticeDraft['format'] })}
        options={FORMATS.map(value => ({ value, label: t(`settings.choose-${value}`) }))}
      />
      {versions.length > 0 && (
        <Radios
          name="version" label={t('settings.notice-as')} value={version} onInput={next => change({ version: next })} error={errorAt(errors, 'version')}
          options={[
            { value: '', label: t('settings.new-version'), hint: t('settings.new-version-hint') },
            ...versions.map(one => ({ value: String(one), label: t('settings.add-to-version', { version: one }) })),
          ]}
        />
      )}
      <Radios
        name="by" label={t('settings.notice-by')} value={draft.by} error={errorAt(errors, 'by')}
        onInput={by => change({ by: by as NoticeDraft['by'] })}
        options={[
          { value: 'template', label: t('settings.by-template'), hint: t('settings.by-template-hint') },
          { value: 'hand', label: t('settings.by-hand'), hint: t('settings.by-hand-hint') },
        ]}
      />
      {draft.by === 'hand'
        ? <ByHand draft={draft} errors={errors} onChange={change} />
        : <ByTemplate draft={draft} template={template} errors={errors} onChange={change} />}
      <Confirm
        open={asking} title={t('settings.publish-question')} confirm={t('settings.publish')} busy={busy}
        onConfirm={() => void publish()} onClose={() => setAsking(false)}
      >
        <p>{t('settings.publish-then', words)}</p>
      </Confirm>
    </form>
  );
}

interface TextProps {
  draft: NoticeDraft;
  errors: Sending['errors'];
  onChange: (change: Partial<NoticeDraft>) => void;
}

function ByHand({ draft, errors, onChange }: TextProps) {
  return (
    <>
      <TextInput name="title" label={t('settings.notice-title')} value={draft.title} onInput={title => onChange({ title })} error={errorAt(errors, 'title')} />
      <TextArea
        name="body" label={t('settings.notice-body')} hint={t('settings.notice-body-hint')} rows={16} maxLength={40_000}
        value={draft.body} onInput={body => onChange({ body })} error={errorAt(errors, 'body')}
      />
    </>
  );
}

function ByTemplate({ draft, template, errors, onChange }: TextProps & { template: NoticeTemplate | undefined }) {
  if (!template) return <p>{t('settings.no-template')}</p>;
  return (
    <>
      {fieldsOf(template).map(({ name, words }) => (
        <TextInput
          key={name} name={`fields.${name}`} label={words} maxLength={500} autocomplete="off" value={draft.fields[name] ?? ''}
          onInput={value => onChange({ fields: { ...draft.fields, [name]: value } })} error={errorAt(errors, `fields.${name}`)}
        />
      ))}
    </>
  );
}
