import { useEffect, useState } from 'preact/hooks';

/** How many rows follow at a time, each time after what is there was painted. */
const STEP = 30;

/**
 * How many of a long list to draw now: the first that a screen shows at once, the others as soon as these stand there,
 * so that somebody on a slow tablet need not wait for people far below.
 */
export function useGradually(total: number, first: number): number {
  const [shown, setShown] = useState(first);
  useEffect(() => {
    if (shown >= total) return;
    const timer = setTimeout(() => setShown(shown + STEP));
    return () => clearTimeout(timer);
  }, [shown, total]);
  return Math.min(shown, total);
}
