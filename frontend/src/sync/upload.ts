import { send } from '../api/client';
import type { Answer } from '../lib/result';
import type { QueuedFile } from '../store/database';

/** Chunks small enough for a weak signal, large enough not to be slow on a good one. */
const CHUNK_BYTES = 512 * 1024;

export interface FileProgress {
  received_bytes: number;
  complete: boolean;
}

export interface UploadOptions {
  /** Whose file it is, where somebody else hands it in. */
  userId?: string;
  /** Told after each chunk. */
  onProgress?: (progress: FileProgress) => void;
}

/**
 * Send a file in chunks from where the server stands; a broken upload goes on where it broke.
 * @param device where it was sealed.
 */
export async function uploadFile(
  file: QueuedFile,
  device: string,
  { userId, onProgress = () => undefined }: UploadOptions = {},
): Promise<Answer<FileProgress>> {
  const path = `/api/sync/files/${file.sha256}`;
  const sealing = file.sealed ? { device, sealed: file.sealed, ...(userId ? { user_id: userId } : {}) } : {};
  let answer = await send<FileProgress>('PUT', path, { size_bytes: file.size_bytes, media_type: file.media_type, ...sealing });
  let last = -1;
  while (answer.kind === 'ok' && !answer.data.complete) {
    const { received_bytes: offset } = answer.data;
    if (offset === last) return stuck(); // a server that takes nothing must not be asked for ever
    last = offset;
    answer = await sendChunk(path, file, offset);
    if (answer.kind === 'ok') onProgress(answer.data);
  }
  return answer;
}

async function sendChunk(path: string, file: QueuedFile, offset: number): Promise<Answer<FileProgress>> {
  const chunk = file.bytes.slice(offset, offset + CHUNK_BYTES);
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/octet-stream' };
  const answer = await send<FileProgress>('PATCH', path, chunk, { headers });
  // The server stands elsewhere (an answer was lost on the way): ask where, and go on from there.
  if (answer.kind === 'problem' && answer.problem.status === 409) return send<FileProgress>('GET', path);
  return answer;
}

function stuck(): Answer<FileProgress> {
  const problem = { title: 'The file does not arrive', status: 503, code: 'come-back-later' };
  return { kind: 'problem', problem, retryAfterSeconds: null };
}
