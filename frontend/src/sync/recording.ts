import { useEffect, useRef, useState } from 'preact/hooks';
import type { PersonRecord } from '../api/person';
import { draftAt, dropDraft, saveDraft } from '../store/drafts';
import type { Alongside } from '../store/outbox';
import { currentStore, whenLeft } from '../store/session';
import { uuid7 } from '../lib/uuid7';
import { localRecords, record, type LocalRecord } from './outbox';

/** What was recorded while the app is open, so that it can be corrected at once; it is never written down. */
const said = new Map<string, Record<string, unknown>>();
whenLeft(() => said.clear());

/** A value that is kept on this device with every change until it is recorded or given up. */
export interface Draft<T> {
  value: T;
  /** False until it is known whether something was kept. */
  ready: boolean;
  set: (change: Partial<T>) => void;
  /** Show what is known before anything was typed: nothing was begun by that, and nothing is kept. */
  fill: (change: Partial<T>) => void;
  /** Begin again with nothing. */
  clear: () => Promise<void>;
  /** Forget what is kept, and leave what is shown. */
  drop: () => Promise<void>;
}

/** Keep what is typed under a key, so that closing the app loses nothing. */
export function useDraft<T extends object>(key: string, empty: T): Draft<T> {
  const [value, setValue] = useState(empty);
  const [ready, setReady] = useState(false);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    let gone = false;
    setReady(false);
    void draftAt<T>(currentStore(), key).then(kept => {
      if (gone) return;
      setValue({ ...empty, ...kept });
      setReady(true);
    });
    return () => void (gone = true);
  }, [key]);
  return {
    value,
    ready,
    set: change => {
      latest.current = { ...latest.current, ...change };
      setValue(latest.current);
      saveDraft(currentStore(), key, latest.current).catch(() => undefined); // the app says that it is not saved
    },
    fill: change => {
      latest.current = { ...latest.current, ...change };
      setValue(latest.current);
    },
    clear: async () => {
      latest.current = empty;
      setValue(empty);
      await dropDraft(currentStore(), key);
    },
    drop: () => dropDraft(currentStore(), key),
  };
}

/** A record to write: what it says, beside what every record says. */
export interface NewRecord {
  /** Its id, where another one written with it names it. */
  id?: string;
  action: string;
  enrolmentId: string;
  /** "Dean M.: course completed" */
  words: string;
  body: Record<string, unknown>;
  /** The record it tells something about: its evidence. */
  subjectId?: string;
  files?: File[];
  /** The version it corrects, and why. */
  corrects?: string | null;
  reason?: string;
  /** The refused item that it stands in for. */
  replaces?: string | null;
}

/** Write a record: it is on this device when the promise resolves, and with it the draft that goes on. @returns its id. */
export async function writeRecord(wanted: NewRecord, goesOn?: Alongside['goesOn']): Promise<string> {
  const [id = ''] = await writeRecords([wanted], [], goesOn);
  return id;
}

/**
 * Write records that belong together: all are on this device when the promise resolves, or none is.
 * @param drafts what they were until now, by its keys: it goes as they come.
 * @param goesOn what a draft becomes as they come.
 * @returns their ids.
 */
export async function writeRecords(wanted: readonly NewRecord[], drafts: readonly string[] = [], goesOn?: Alongside['goesOn']): Promise<string[]> {
  const at = new Date();
  const made = wanted.map(one => toRecord(one, at));
  const replaces = wanted[0]?.replaces ?? undefined;
  await record(made, { replaces, drafts, goesOn });
  for (const { id, body } of made) said.set(id, body);
  return made.map(({ id }) => id);
}

function toRecord({ id = uuid7(), action, enrolmentId, words, body, subjectId, files, corrects, reason }: NewRecord, at: Date) {
  const whole = {
    ...body,
    id,
    recorded_at: at.toISOString(),
    ...(subjectId ? { subject_id: subjectId } : { enrolment_id: enrolmentId }),
    ...(corrects ? { supersedes_id: corrects, [reasonField(action)]: reason } : {}),
  };
  const about = { enrolment_id: enrolmentId, words, ...(subjectId ? { record_id: subjectId } : {}) };
  return { id, action, body: whole, about, at, files: files ?? [] };
}

/** What the server calls the reason of a correction; the end of support has a reason of its own. */
function reasonField(action: string): string {
  return action === 'end' ? 'correction_reason' : 'reason';
}

/** Take a record back, with the reason. @returns the withdrawal's id. */
export function withdraw(recordId: string, enrolmentId: string, reason: string, words: string): Promise<string> {
  return writeRecord({ action: 'withdrawal', enrolmentId, words, body: { reason }, subjectId: recordId });
}

/** A record of this device, by its id, with its state as it changes. */
export function localRecord(id: string | null): LocalRecord | undefined {
  return id === null ? undefined : localRecords.value.find(candidate => candidate.id === id);
}

/** What a record said: as it was typed here, as it waits here, or as the person's journey tells it. */
export function saidIn(recordId: string, records: readonly PersonRecord[]): Record<string, unknown> | null {
  const here = said.get(recordId) ?? localRecords.value.find(candidate => candidate.id === recordId)?.body;
  if (here) return here as Record<string, unknown>;
  const known = records.find(candidate => candidate.id === recordId);
  return known ? { occurred_on: known.occurred_on, ...known.body } : null;
}
