import { useEffect, useRef, useState } from 'preact/hooks';

const OFF = 'waymark-keys-off';

/** Single keys that act, unless somebody types, a dialogue is open, or they were turned off. */
export function useKeys(keys: Readonly<Record<string, () => void>>): { areOn: boolean; turn: () => void } {
  const [areOn, setAreOn] = useState(() => localStorage.getItem(OFF) === null);
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!areOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector('dialog[open]')) return;
      if ((event.target as Element).closest('input:not([type="checkbox"]), textarea, select')) return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [areOn]);
  const turn = () => {
    if (areOn) localStorage.setItem(OFF, '1');
    else localStorage.removeItem(OFF);
    setAreOn(!areOn);
  };
  return { areOn, turn };
}
