import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { Session } from '../api/session';
import { t } from '../lib/i18n';
import { session } from '../store/session';
import { isOnline } from '../sync/outbox';
import { LiveRegion } from '../ui/announce';
import { TopBar } from '../ui/top-bar';
import { Banners } from './banners';
import { Header } from './header';
import { NotSavedSays } from './not-saved';
import { Boundary, NotFound, NoWork } from './plain-pages';
import { mayOpen, navFor, routes } from './registry';

/** Links that the server answers itself (documents, files) are left to the browser. */
const OWN_LINKS = /^\/(?!api\/|docs\b|openapi\.json)/;

const SIGN_IN = '/sign-in';
const UNLOCK = '/unlock';

/** The whole app. */
export function App() {
  return (
    <LocationProvider scope={OWN_LINKS}>
      <Shell />
    </LocationProvider>
  );
}

function Shell() {
  const { url, path } = useLocation();
  const now = session.value;
  if (now.kind === 'unknown') return null;
  const open = routes.find(route => route.open && route.path === path);
  const inside = now.kind === 'signed-in' || now.kind === 'lapsed';
  return (
    <>
      <a class="skip" href="#main">{t('ui.skip')}</a>
      {inside && !open
        ? <Inside session={now.session} url={url} path={path} />
        : <Outside url={url} path={open?.path ?? (now.kind === 'locked' ? UNLOCK : SIGN_IN)} />}
      <NotSavedSays />
      <LiveRegion />
    </>
  );
}

/** What needs no signing in; any other address shows sign-in in its place, and stays for afterwards. */
function Outside({ url, path }: { url: string; path: string }) {
  const Screen = routes.find(route => route.path === path)?.screen ?? NotFound;
  return (
    <>
      <TopBar online={isOnline.value} />
      <Banners url={url} />
      <Boundary url={url}>
        <ErrorBoundary>
          <Router key={path}>{[<Route key={path} default component={Screen} />]}</Router>
        </ErrorBoundary>
      </Boundary>
    </>
  );
}

function Inside({ session, url, path }: { session: Session; url: string; path: string }) {
  const { route } = useLocation();
  const roles = session.membership.roles;
  const mine = routes.filter(candidate => !candidate.open && mayOpen(candidate, roles));
  const bare = mine.some(candidate => candidate.bare && matches(candidate.path, path));
  return (
    <>
      {!bare && <Header session={session} path={path} route={route} />}
      <Banners url={url} />
      <Boundary url={url}>
        <ErrorBoundary>
          <Router key={session.membership.id}>
            {mine.map(({ path: at, screen }) => <Route key={at} path={at} component={screen} />)}
            <Route path="/" component={FirstPage} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </Boundary>
    </>
  );
}

/** Where a role has no page of its own at `/`: its first tab. */
function FirstPage() {
  const { route } = useLocation();
  const now = session.value;
  const [first] = now.kind === 'signed-in' ? navFor(now.session.membership.roles) : [];
  useEffect(() => {
    if (first) route(first.path, true);
  }, [first?.path]);
  return first ? null : <NoWork />;
}

/** Whether a route's pattern holds an address; parameters and optional ends as the router reads them. */
function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/\/:\w+\?/g, '(?:/[^/]+)?').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}$`).test(path);
}
