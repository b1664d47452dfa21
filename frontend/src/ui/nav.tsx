import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';
import { Count } from './state-word';

export interface NavItem {
  href: string;
  label: string;
  current: boolean;
  count?: number | null;
  tone?: 'needs' | undefined;
}

/** The main navigation; on a phone it scrolls sideways, the current place in view. */
export function Nav({ items }: { items: readonly NavItem[] }) {
  const list = useRef<HTMLUListElement>(null);
  const current = items.find(item => item.current)?.href;
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (here && list.current) list.current.scrollLeft = here.offsetLeft - list.current.clientWidth / 3;
  }, [current]);
  return (
    <nav class="nav" aria-label={t('app.main')}>
      <ul ref={list}>
        {items.map(item => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}{item.count ? <Count n={item.count} tone={item.tone} /> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
