import { t } from '../lib/i18n';
import { timeWords, type Moment } from '../lib/dates';
import { Icon, Mark } from './icon';
import { useMenu } from './use-menu';

export interface TopBarProps {
  /** "Hopeworks", or "Northway, claims". */
  organisation?: string;
  online: boolean;
  /** Whether everybody on this device opens without a connection; null where that is nobody's concern. */
  ready?: ReadyMark | null;
  /** The menu: its button's words, and its entries. */
  userName?: string;
  menu?: readonly MenuEntry[];
}

/** Said in words, green only when nothing is missing. */
export type ReadyMark =
  | { kind: 'ready'; at: Moment }
  | { kind: 'not-ready'; count: number }
  | { kind: 'loading'; done: number; total: number };

export interface MenuEntry {
  words: string;
  href?: string;
  onChoose?: () => void;
}

/** The header: mark, where one acts, whether the device is ready, and one's own menu. */
export function TopBar({ organisation, online, ready, userName, menu }: TopBarProps) {
  return (
    <header class="top">
      <div class="top__in">
        <a class="brand" href="/"><Mark />Waymark</a>
        {organisation && <span class="top__org">{organisation}</span>}
        <div class="top__right">
          <Readiness online={online} ready={ready ?? null} />
          {userName && menu && <UserMenu name={userName} entries={menu} />}
        </div>
      </div>
    </header>
  );
}

function Readiness({ online, ready }: { online: boolean; ready: ReadyMark | null }) {
  if (!online) return <span class="ready ready--offline"><span>{t('app.no-connection')}</span></span>;
  if (!ready) return null;
  if (ready.kind === 'loading') {
    return <span class="ready ready--offline"><span>{t('app.ready-loading', { done: ready.done, total: ready.total })}</span></span>;
  }
  if (ready.kind === 'not-ready') {
    return (
      <a class="ready ready--not" href="/tablet">
        <span>{t('app.not-ready-short')}<span class="more">{t('app.ready-more')}</span></span>
      </a>
    );
  }
  return (
    <a class="ready" href="/tablet">
      <span>{t('app.ready-short')}<span class="more">{t('app.ready-more')}</span>{t('app.ready-at', { time: timeWords(ready.at) })}</span>
    </a>
  );
}

function UserMenu({ name, entries }: { name: string; entries: readonly MenuEntry[] }) {
  const { open, close, toggle, box, button, onKeyDown } = useMenu();
  const choose = (entry: MenuEntry) => {
    close();
    entry.onChoose?.();
  };
  return (
    <div class="menu" ref={box} onKeyDown={onKeyDown}>
      <button class="who-menu" type="button" ref={button} aria-expanded={open} aria-controls="user-menu" onClick={toggle}>
        <span class="hidden">{t('app.menu-of', { name })}</span>
        <span aria-hidden="true">{name}</span>
        <Icon name="down" />
      </button>
      <ul class="menu__list" id="user-menu" hidden={!open}>
        {entries.map(entry => (
          <li key={entry.words}>
            <MenuItem entry={entry} onChoose={() => choose(entry)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MenuItem({ entry, onChoose }: { entry: MenuEntry; onChoose: () => void }) {
  return entry.href
    ? <a href={entry.href} onClick={onChoose}>{entry.words}</a>
    : <button type="button" onClick={onChoose}>{entry.words}</button>;
}
