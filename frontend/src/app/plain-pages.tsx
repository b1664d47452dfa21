import { Component, type ComponentChildren } from 'preact';
import { t } from '../lib/i18n';
import { Button, LinkButton } from '../ui/button';
import { Page } from '../ui/page';

/** An address where nothing stands, or nothing for this person: both read alike. */
export function NotFound() {
  return (
    <Page title={t('app.not-found-title')} lead={t('app.not-found-lead')} kind="form">
      <LinkButton href="/">{t('app.go-home')}</LinkButton>
    </Page>
  );
}

/** Signed in with no role that has a page. */
export function NoWork() {
  return (
    <Page title={t('app.no-work-title')} lead={t('app.no-work-lead')} kind="form">
      <LinkButton href="/account">{t('app.account')}</LinkButton>
    </Page>
  );
}

/** Catches what a screen throws, says so plainly, and offers the way on. A new address clears it. */
export class Boundary extends Component<{ url: string; children: ComponentChildren }, { brokenAt: string | null }> {
  override state = { brokenAt: null as string | null };

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ brokenAt: this.props.url });
  }

  override render() {
    if (this.state.brokenAt !== this.props.url) return this.props.children;
    const lead = navigator.onLine ? t('app.broken-lead') : t('app.no-screen-offline');
    return (
      <Page title={t('app.broken-title')} lead={lead} kind="form">
        <div class="acts">
          <Button onClick={() => location.reload()}>{t('app.open-again')}</Button>
          <LinkButton second href="/">{t('app.go-home')}</LinkButton>
        </div>
      </Page>
    );
  }
}
