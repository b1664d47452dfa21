import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getExport, type Export } from '../api/exports';
import type { Answer } from '../lib/result';
import { failureWords } from '../lib/problems';
import { draftAt, dropDraft, saveDraft } from './drafts';
import { currentStore } from './session';

const LOOK_EVERY_MS = 1500;
const AFTER_FAILURE_MS = 6000;

export interface Exporting {
  /** Something was asked for, here or before the page was left. */
  isAsked: boolean;
  made: Export | null;
  failure: string | null;
  busy: boolean;
  ask: () => void;
}

export interface ExportOptions {
  /** Under which it is found again after the page was left. */
  key: string;
  /** Of the page; an address that names the export is found again after the app was opened anew. */
  path: string;
  request: () => Promise<Answer<{ export_id: string }>>;
  onDone: () => void;
}

/** Ask for an export, and follow it until its file is there; it goes on while the page is left. */
export function useExport({ key, path, request, onDone }: ExportOptions): Exporting {
  const { query, route } = useLocation();
  const [exportId, setExportId] = useState<string | null>(query['export'] ?? null);
  const [made, setMade] = useState<Export | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!exportId) void draftAt<{ exportId: string }>(currentStore(), key).then(kept => kept?.exportId && setExportId(kept.exportId));
  }, []);
  useEffect(() => {
    if (!exportId) return;
    void saveDraft(currentStore(), key, { exportId });
    return lookAgain(async isOver => {
      const answer = await getExport(exportId);
      if (isOver()) return null;
      if (answer.kind === 'problem' && answer.problem.status === 404) {
        // It has expired, or somebody else asked for it: one asks anew.
        await dropDraft(currentStore(), key);
        setExportId(null);
        setMade(null);
        return null;
      }
      setFailure(failureWords(answer));
      if (answer.kind !== 'ok') return AFTER_FAILURE_MS;
      setMade(answer.data);
      if (answer.data.state === 'done') onDone();
      return answer.data.state === 'done' || answer.data.state === 'failed' ? null : LOOK_EVERY_MS;
    });
  }, [exportId]);

  const ask = async () => {
    setBusy(true);
    const answer = await request();
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setMade(null);
    setExportId(answer.data.export_id);
    route(`${path}?export=${answer.data.export_id}`, true);
  };
  return { isAsked: exportId !== null, made, failure, busy, ask: () => void ask() };
}

/** Look now, and again after as many milliseconds as each look says; null ends it. @returns what ends it before. */
function lookAgain(look: (isOver: () => boolean) => Promise<number | null>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const once = async () => {
    const wait = await look(() => isOver);
    if (wait !== null && !isOver) timer = setTimeout(() => void once(), wait);
  };
  void once();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
