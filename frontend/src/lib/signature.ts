/** How somebody confirmed here, beside their worker, what was written: drawn by hand, or by name and tick. */
export interface Signature {
  /** The drawing, as PNG; null where the name was typed. */
  bytes: ArrayBuffer | null;
  /** The name as it was typed; empty where it was drawn. */
  name: string;
}
