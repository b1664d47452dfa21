import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../api/person';
import { fieldWords, problemWords, type FormError } from '../lib/problems';
import { t } from '../lib/i18n';
import { uuid7 } from '../lib/uuid7';
import { usePerson } from '../store/person';
import { unkept } from '../store/space';
import { localRecord, saidIn, useDraft, writeRecords, type NewRecord } from './recording';
import { localRecords, type LocalRecord, type RecordState } from './outbox';

export interface RecordFormOptions<T extends object> {
  /** The form's name: its address after the person's, and the start of its draft's key. */
  name: string;
  action: string;
  empty: T;
  /** What is wrong with what was given; empty where nothing is. */
  check: (value: T) => FormError[];
  bodyOf: (value: T) => Record<string, unknown>;
  /** Fill the form from what a record said, to correct it. */
  fromBody: (body: Record<string, unknown>) => Partial<T>;
  /** What was recorded, in words: "met, in person". */
  wordsOf: (value: T) => string;
  /** What is written with it, all or nothing. */
  withIt?: (recordId: string, value: T, person: Person) => Promise<NewRecord[]>;
  /** Forget what the others were made of. */
  afterwards?: () => Promise<void>;
  /** Fill an empty form from what is known of the person. */
  startFrom?: (person: Person) => Partial<T>;
}

/** What came of a form: the record it wrote, with its state as it changes. */
export interface SavedRecord {
  id: string;
  state: RecordState;
  reason: string | null;
}

/** A form that writes one record: what it holds, and how it goes. */
export interface RecordForm<T extends object> {
  enrolmentId: string;
  person: Person | null;
  failure: string | null;
  value: T;
  set: (change: Partial<T>) => void;
  errors: FormError[];
  /** The version it corrects; null for a new record. */
  corrects: string | null;
  reason: string;
  setReason: (reason: string) => void;
  busy: boolean;
  /** Whether what is typed is kept as it is typed: there is room for it. */
  isKept: boolean;
  saved: SavedRecord | null;
  submit: (event?: Event) => void;
  /** Begin another. */
  again: () => void;
  /** Where this very record is corrected. */
  correctHref: string;
}

/**
 * Run a form about one person: it opens with what was typed before or with the record it corrects, keeps every
 * change, and writes into the outbox.
 */
export function useRecordForm<T extends object>(options: RecordFormOptions<T>, reasonMissing: string): RecordForm<T> {
  const { name, action, empty, check, bodyOf, fromBody, wordsOf, withIt, afterwards, startFrom } = options;
  const { params } = useRoute();
  const { query, route } = useLocation();
  const enrolmentId = params['id'] ?? '';
  const corrects = query['corrects'] ?? null;
  const replaces = query['replaces'] ?? null;
  const source = corrects ?? replaces;
  const { person, failure } = usePerson(enrolmentId);
  const key = `${name}:${enrolmentId}${source ? `:${source}` : ''}`;
  const draft = useDraft<T & { reason: string; filled: boolean }>(key, { ...empty, reason: '', filled: false });
  const [errors, setErrors] = useState<FormError[]>([]);
  const [written, setWritten] = useState<{ id: string; corrects: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const said = source && person ? saidIn(source, person.records) : null;
  const superseded = person ? supersededBy(corrects, replaces, source, person) : corrects;
  const isGone = Boolean(source && person && draft.ready && !draft.value.filled && !said);
  useEffect(() => {
    setWritten(null);
    setErrors(replaces ? refusedFor(localRecord(replaces)) : []);
  }, [source, enrolmentId]);
  useEffect(() => {
    if (!draft.ready || !person || draft.value.filled || isGone) return;
    const known = said ? { ...fromBody(said), ...(replaces ? { reason: reasonIn(said) } : {}) } : (startFrom?.(person) ?? {});
    draft.fill({ ...known, filled: true } as Partial<T & { reason: string; filled: boolean }>);
  }, [draft.ready, person, source]);

  const submit = async () => {
    if (busy || !person) return;
    const { value } = draft;
    const missing = superseded && value.reason.trim() === '' ? [{ field: 'reason', message: reasonMissing }] : [];
    const wrong = [...missing, ...check(value)];
    setErrors(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    try {
      const id = uuid7();
      const main: NewRecord = {
        id, action, enrolmentId, body: bodyOf(value), words: saysOf(`${person.short_name}: ${wordsOf(value)}`, superseded),
        corrects: superseded, reason: value.reason, replaces,
      };
      await writeRecords([main, ...((await withIt?.(id, value, person)) ?? [])], [key]);
      setWritten({ id, corrects: superseded });
      await afterwards?.();
      await draft.drop();
    } finally {
      setBusy(false);
    }
  };

  const local = localRecord(written?.id ?? null);
  return {
    enrolmentId, person: draft.ready && !isGone ? person : null, failure: isGone ? t('ui.correct-gone') : failure, errors, busy, isKept: unkept.value === null,
    corrects: written ? written.corrects : superseded,
    value: draft.value,
    set: draft.set as (change: Partial<T>) => void,
    reason: draft.value.reason,
    setReason: reason => draft.set({ reason } as Partial<T & { reason: string; filled: boolean }>),
    saved: written === null
      ? null
      : { id: written.id, state: local?.state ?? 'received', reason: local?.refusal ? problemWords(local.refusal) : null },
    submit: event => {
      event?.preventDefault();
      void submit();
    },
    again: () => {
      setWritten(null);
      draft.fill({ ...empty, reason: '', filled: false } as Partial<T & { reason: string; filled: boolean }>);
      if (source) route(`/people/${enrolmentId}/${name}`);
    },
    correctHref: correctionHref(name, enrolmentId, written?.id ?? null, local?.state),
  };
}

/** What its list says of a record; of a correction, that it is one. */
function saysOf(words: string, corrects: string | null): string {
  return corrects ? t('ui.corrected', { words }) : words;
}

/** A refused correction stays one: what takes its place names the same version, or the newest that came since. */
export function supersededBy(corrects: string | null, replaces: string | null, source: string | null, person: Person): string | null {
  if (corrects || !replaces || !source) return corrects;
  const version = saidIn(source, person.records)?.['supersedes_id'] as string | undefined;
  return version ? newestOf(person, version) : null;
}

/** The version that stands now, of one that may have been corrected since. */
export function newestOf({ corrected = {} }: Person, version: string): string {
  let newest = version;
  for (let newer: string | undefined = version; newer; newer = corrected[newer]) newest = newer;
  return newest;
}

/** What somebody wrote in a record, in the order of its form. */
export function textsIn(said: Said): string[] {
  const { description, goal, steps = [], note, words, reason, subject_id: subjectId } = said;
  const written = [description, goal, ...(steps as { words: string }[]).map(step => step.words), note, words, subjectId ? reason : reasonIn(said)];
  return written.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}

/** What a record says, under the names in which it was sent. */
export type Said = Record<string, unknown>;

/** What the server found wrong in what a record says; nothing where it was not refused for that. */
export function refusedFor(record: LocalRecord | undefined): FormError[] {
  return (record?.refusal?.errors ?? []).map(error => ({ message: fieldWords(error) }));
}

/** Why a refused correction was made: whoever puts it right need not say it again. */
export function reasonIn(said: Record<string, unknown>): string {
  return String(said['correction_reason'] ?? (said['supersedes_id'] ? said['reason'] : null) ?? '');
}

/** What was not taken is made anew; what was, or soon will be, is corrected. */
export function correctionHref(form: string, enrolmentId: string, recordId: string | null, state?: RecordState): string {
  return `/people/${enrolmentId}/${form}?${state === 'needs' ? 'replaces' : 'corrects'}=${recordId ?? ''}`;
}

/** Kinds with a form of their own to correct; what goes beside a record is corrected with that. */
const CORRECTED = new Set(['contact', 'intervention', 'milestone', 'employment', 'end', 'action-plan']);

/** Where a record of this device is corrected, where it is not yet: what needs somebody stands there with the rest of it. */
export function correctHrefOf({ id, action, state, about }: LocalRecord): string | null {
  if (state === 'needs') return '/needs-you';
  return about.enrolment_id && CORRECTED.has(action) && !localRecords.value.some(other => other.stands_for === id) ? `/people/${about.enrolment_id}/records/${id}/correct` : null;
}
