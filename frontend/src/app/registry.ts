import type { Feature, NavEntry, Role, Route } from '../lib/feature';

/** Every feature that has an `index.ts`; adding a folder adds its screens. */
const modules = import.meta.glob<{ feature: Feature }>('../features/*/index.ts', { eager: true });

export const features: readonly Feature[] = Object.values(modules).map(module => module.feature);
export const routes: readonly Route[] = features.flatMap(feature => feature.routes);

const entries: readonly NavEntry[] = features
  .flatMap(feature => feature.nav ?? [])
  .sort((one, other) => one.order - other.order);

/** The tabs for somebody with these roles; where two features offer one address, the first stands. */
export function navFor(roles: readonly Role[]): NavEntry[] {
  const seen = new Set<string>();
  return entries.filter(entry => {
    if (seen.has(entry.path) || !entry.roles.some(role => roles.includes(role)) || entry.when?.() === false) return false;
    seen.add(entry.path);
    return true;
  });
}

/** The tab on whose ground an address lies: the longest that begins it. */
export function currentTab(tabs: readonly NavEntry[], path: string): string | null {
  const holding = tabs.filter(tab => path === tab.path || (tab.path !== '/' && path.startsWith(`${tab.path}/`)));
  return holding.sort((one, other) => other.path.length - one.path.length)[0]?.path ?? null;
}

/** Whether somebody with these roles may open a route. */
export function mayOpen(route: Route, roles: readonly Role[]): boolean {
  return !route.roles || route.roles.some(role => roles.includes(role));
}
