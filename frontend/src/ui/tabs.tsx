import { Count } from './state-word';

export interface Tab {
  href: string;
  label: string;
  count?: number;
  current: boolean;
}

/** Views of one thing, each with its own address: `?show=incomplete`. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(tab => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label} {tab.count !== undefined && <Count n={tab.count} />}
        </a>
      ))}
    </nav>
  );
}
