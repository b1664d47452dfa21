import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { deletePictureLink, getPictureLinks, postPictureLink, type NewPictureLink, type PictureLink } from '../../api/picture';
import { momentWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { Button, QuietButton } from '../../ui/button';
import { Drawing } from '../../ui/drawing';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';

/** Hand somebody who is in the room a link to their own picture: shown once, sent by nobody. */
export default function PictureLinkPage() {
  const enrolmentId = useRoute().params['id'] ?? '';
  const links = useAnswer(enrolmentId, () => getPictureLinks(enrolmentId));
  const [made, setMade] = useState<NewPictureLink | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const make = async () => {
    setBusy(true);
    const answer = await postPictureLink(enrolmentId);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setMade(answer.data);
    announce(t('picture.link-made'));
    links.reload();
  };
  const close = async (link: PictureLink) => {
    const answer = await deletePictureLink(link.id);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    if (made?.id === link.id) setMade(null);
    announce(t('picture.link-closed'));
    links.reload();
  };
  const trouble = failure ?? links.failure;
  return (
    <Page
      title={t('picture.link-title')}
      lead={t('picture.link-lead')}
      kind="form"
      back={{ href: `/people/${enrolmentId}/picture`, words: t('picture.link-back') }}
      primary={<Button busy={busy} onClick={() => void make()}>{t(made ? 'picture.link-another' : 'picture.link-make')}</Button>}
    >
      {trouble && <NotificationBanner><p>{trouble}</p></NotificationBanner>}
      <ul class="picture__list">
        <li>{t('picture.link-room')}</li>
        <li>{t('picture.link-once')}</li>
        <li>{t('picture.link-holds')}</li>
      </ul>
      {made && (
        <Section title={t('picture.link-scan')} says={t('picture.link-until', { when: momentWords(made.expires_at) })}>
          <Drawing svg={made.qr_svg} kind="picture__qr" />
          <p>{t('picture.link-or')}</p>
          <p class="picture__link">{made.link}</p>
        </Section>
      )}
      {links.data && links.data.items.length > 0 && (
        <Section title={t('picture.links')}>
          <ul class="rows picture__facts">
            {links.data.items.map(link => (
              <li key={link.id}>
                <p>{link.opened_at ? t('picture.link-opened', { when: momentWords(link.opened_at) }) : t('picture.link-unopened', { when: momentWords(link.created_at) })}</p>
                <QuietButton onClick={() => void close(link)}>{t('picture.link-close')}</QuietButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
