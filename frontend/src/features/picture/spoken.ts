import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Picture } from '../../api/picture';
import { lendLanguage, prepareLanguage, spokenTo } from '../../lib/i18n';

/** The page speaks the person's language while their picture is shown. @returns whether its words are here. */
export function useSpoken(picture: Picture | null): boolean {
  const spoken = picture && spokenTo(picture.language);
  const [ready, setReady] = useState<string | null>(null);
  useEffect(() => {
    if (!spoken) return;
    // Without a connection Welsh may not come; then it is shown in English.
    void prepareLanguage(spoken).catch(() => undefined).then(() => setReady(spoken));
  }, [spoken]);
  const isReady = spoken !== null && ready === spoken;
  useLayoutEffect(() => (isReady && spoken ? lendLanguage(spoken) : undefined), [isReady, spoken]);
  return isReady;
}
