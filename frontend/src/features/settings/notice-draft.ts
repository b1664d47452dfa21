import type { NoticeTemplate, WholeContract } from '../../api/settings';
import type { components } from '../../api/types';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

type NoticeRequest = components['schemas']['NoticeRequest'];
type Notice = WholeContract['notices'][number];

export const FORMATS = ['standard', 'large-print', 'easy-read'] as const;
export const LANGUAGES = ['en', 'cy'] as const;

/** What the contract itself says, so that nobody fills it in. */
const KNOWN: readonly string[] = ['programme_title', 'prime_name', 'commissioner_name'];

/** A notice as the form holds it. */
export interface NoticeDraft {
  /** The version it is added to; empty for the next one. */
  version: string;
  language: (typeof LANGUAGES)[number];
  format: (typeof FORMATS)[number];
  by: 'template' | 'hand';
  fields: Record<string, string>;
  title: string;
  body: string;
}

export const EMPTY_NOTICE: NoticeDraft = { version: '', language: 'en', format: 'standard', by: 'template', fields: {}, title: '', body: '' };

/** The library's notice in the language chosen, if it has one in this format. */
export function templateFor(templates: readonly NoticeTemplate[], draft: NoticeDraft): NoticeTemplate | undefined {
  return templates.find(one => one.language === draft.language && one.formats.includes(draft.format));
}

/** What is to be filled in; the rest comes from the contract. */
export function fieldsOf(template: NoticeTemplate | undefined): NoticeTemplate['fields'] {
  return (template?.fields ?? []).filter(field => !KNOWN.includes(field.name));
}

/** The versions to which something in this language and format can still be added, newest first. */
export function openVersions(notices: readonly Notice[], { language, format }: NoticeDraft): number[] {
  const versions = [...new Set(notices.map(one => one.version))].sort((one, other) => other - one);
  return versions.filter(version => !notices.some(one => one.version === version && one.language === language && one.format === format));
}

/** What is missing, beside the names that the server gives its own refusals. */
export function noticeErrors(draft: NoticeDraft, template: NoticeTemplate | undefined): FormError[] {
  if (draft.by === 'hand') {
    return [
      ...(draft.title.trim() ? [] : [{ field: 'title', message: t('settings.title-missing') }]),
      ...(draft.body.trim() ? [] : [{ field: 'body', message: t('settings.notice-body-missing') }]),
    ];
  }
  if (!template) return [{ field: 'by', message: t('settings.no-template') }];
  return fieldsOf(template)
    .filter(({ name }) => !draft.fields[name]?.trim())
    .map(({ name, words }) => ({ field: `fields.${name}`, message: t('settings.fill-in', { field: words }) }));
}

/** The notice as the server takes it. */
export function noticeBody(draft: NoticeDraft, template: NoticeTemplate | undefined): NoticeRequest {
  const { language, format } = draft;
  const start = { language, format, version: draft.version ? Number(draft.version) : null };
  if (draft.by === 'hand') return { ...start, title: draft.title.trim(), body: draft.body.trim() };
  return { ...start, fields: Object.fromEntries(fieldsOf(template).map(({ name }) => [name, draft.fields[name]?.trim() ?? ''])) };
}
