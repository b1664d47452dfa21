import { signal } from '@preact/signals';

const said = signal('');

/** Say something to screen readers without moving the focus: what was just done, how many were found. */
export function announce(words: string): void {
  said.value = '';
  setTimeout(() => (said.value = words), 50); // a repeat is only read when the region has been empty between
}

/** The one live region; the shell holds it, outside everything that comes and goes. */
export function LiveRegion() {
  return <div class="hidden" role="status" aria-live="polite">{said.value}</div>;
}
