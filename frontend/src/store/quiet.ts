import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

const turns = signal(0);

/** Whether somebody answers on this tablet in their own time. */
export function isSomebodysTurn(): boolean {
  return turns.value > 0;
}

/** While it is shown, the tablet is in a person's hand: reading a question takes as long as it takes. */
export function useOwnTime(isTheirs: boolean): void {
  useLayoutEffect(() => { // from the moment it is seen: a slow tablet gets to other effects later
    if (!isTheirs) return;
    turns.value += 1;
    return () => void (turns.value -= 1);
  }, [isTheirs]);
}
