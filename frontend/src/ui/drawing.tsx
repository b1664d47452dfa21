import { useEffect, useRef } from 'preact/hooks';

/** A picture of lib/charts as part of the page. The words beside it say the same, so screen readers pass over it. */
export function Drawing({ svg, kind }: { svg: string; kind?: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    place.current?.replaceChildren(document.importNode(drawn, true));
  }, [svg]);
  return <div class={kind ? `drawing ${kind}` : 'drawing'} ref={place} aria-hidden="true" />;
}
