/** "1,250,000.50" as pence; null where it is no amount of pounds. */
export function penceOf(text: string): number | null {
  const plain = text.replace(/[£,\s]/g, '');
  return /^\d{1,10}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

/** Pence as one writes pounds into a field: "1250000.50", whole pounds without pence. */
export function poundsText(pence: number): string {
  return pence % 100 === 0 ? String(pence / 100) : (pence / 100).toFixed(2);
}

/** "87.5" per cent as basis points; null where it is no share of 0 to 100. */
export function basisPointsOf(text: string): number | null {
  const plain = text.replace(/[%\s]/g, '');
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  const points = Math.round(Number(plain) * 100);
  return points <= 10_000 ? points : null;
}

/** "1,200" as a count; null where it is none, or not between the two. */
export function countOf(text: string, min: number, max: number): number | null {
  const plain = text.replace(/[,\s]/g, '');
  const count = /^\d{1,9}$/.test(plain) ? Number(plain) : NaN;
  return count >= min && count <= max ? count : null;
}
