/** Whom somebody looks for, handed from one screen to the list; never in an address, for it may be a name. */
let text = '';

/** Remember what the list is to look for. */
export function askFor(wanted: string): void {
  text = wanted;
}

/** What the list is to look for; asked once, then forgotten. */
export function takeAskedFor(): string {
  const wanted = text;
  text = '';
  return wanted;
}
