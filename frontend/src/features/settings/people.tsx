import { useState } from 'preact/hooks';
import { deleteInvitation, getInvitations, getPeople, type Invitation } from '../../api/settings';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { LinkButton, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { MomentText } from '../../ui/texts';
import { rolesInWords } from './roles';

/** Who works here, and the links that still work. */
export default function People() {
  const people = useAnswer('people', getPeople);
  return (
    <Page
      title={t('settings.people')}
      kind="day"
      back={{ href: '/settings', words: t('settings.title') }}
      lead={people.data && t('settings.people-count', { count: people.data.count })}
      primary={<LinkButton href="/settings/invite" icon="plus">{t('settings.invite')}</LinkButton>}
    >
      <AskedFor asked={people}>
        {({ items }) => (
          <Rows label={t('settings.people')}>
            {items.map(person => (
              <Row key={person.id} title={person.name} href={`/settings/people/${person.id}`}>
                <p>{rolesInWords(person.roles)}</p>
                <p class="soft">{person.email}</p>
              </Row>
            ))}
          </Rows>
        )}
      </AskedFor>
      <Links />
    </Page>
  );
}

function Links() {
  const invitations = useAnswer('invitations', getInvitations);
  const [ending, setEnding] = useState<Invitation | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const end = async () => {
    if (!ending) return;
    setBusy(true);
    const answer = await deleteInvitation(ending.id);
    setBusy(false);
    setEnding(null);
    setFailure(failureWords(answer));
    if (answer.kind === 'ok') announce(t('settings.link-ended'));
    invitations.reload();
  };
  return (
    <Section title={t('settings.links')} count={invitations.data?.count}>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      <AskedFor asked={invitations}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('settings.no-links')}>{t('settings.no-links-what')}</EmptyState>
          ) : (
            <Rows label={t('settings.links')}>
              {items.map(link => (
                <Row
                  key={link.id}
                  title={link.name}
                  side={<QuietButton label={t('settings.end-link-of', { name: link.name })} onClick={() => setEnding(link)}>{t('settings.end-link')}</QuietButton>}
                >
                  <p>{t(`settings.purpose-${link.purpose}`)}: {rolesInWords(link.roles)}</p>
                  <p class="soft">{link.email}, {t('settings.until')} <MomentText at={link.expires_at} /></p>
                </Row>
              ))}
            </Rows>
          )
        }
      </AskedFor>
      <Confirm
        open={ending !== null}
        title={t('settings.end-link-question')}
        confirm={t('settings.end-link')}
        busy={busy}
        onConfirm={() => void end()}
        onClose={() => setEnding(null)}
      >
        <p>{t('settings.end-link-note', { name: ending?.name ?? '' })}</p>
      </Confirm>
    </Section>
  );
}
