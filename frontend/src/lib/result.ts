/** One field the server refused, named by its path in the body (`lines.0.note`). */
export interface FieldProblem {
  field: string;
  code: string;
  detail: string;
  /** What the detail names, such as a line, to say the same in another language. */
  value?: string;
}

/** What went wrong, as RFC 9457 says it; `code` is stable and in kebab-case. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  errors?: FieldProblem[];
  /** Not the server's own words: something between us and it answered, or nothing that could be read. */
  isMade?: boolean;
}

/** What came of a request. Being offline or signed out is an answer like any other, never an exception. */
export type Answer<T> =
  | { kind: 'ok'; data: T; status: number; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'problem'; problem: Problem; retryAfterSeconds: number | null }
  | { kind: 'offline' }
  | { kind: 'signed-out'; problem: Problem };
