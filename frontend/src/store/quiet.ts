import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const turns = signal(0);

/** Whether somebody answers on this tablet in their own time. */
export function isSomebodysTurn(): boolean {
  return turns.value > 0;
}

/** While it is shown, the tablet is in a person's hand: reading a question takes as long as it takes. */
export function useOwnTime(isTheirs: boolean): void {
  useEffect(() => {
    if (!isTheirs) return;
    turns.value += 1;
    return () => void (turns.value -= 1);
  }, [isTheirs]);
}
