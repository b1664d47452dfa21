import { useEffect, useState } from 'preact/hooks';
import { deleteOwnPicture, getOwnPicture, postOwnDisagreement, postPictureOpening, type Picture, type PictureFact } from '../../api/picture';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { uuid7 } from '../../lib/uuid7';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { disagreementBody, takingBackBody } from './against';
import { Disagree, type Said } from './disagree';
import { ShownPicture } from './picture';
import { useSpoken } from './spoken';

type Stage = 'asking' | 'fetching' | 'spent' | 'closed' | 'shown';

/**
 * Somebody's picture on their own phone, by a link that opens once. Its secret stands after the hash, so that it reaches no
 * log, and it is opened by a tap: a camera that looks ahead must not use it up.
 */
export default function PhonePicture() {
  const [secret] = useState(() => location.hash.slice(1));
  const [stage, setStage] = useState<Stage>(secret ? 'asking' : 'fetching');
  const [picture, setPicture] = useState<Picture | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const spoken = useSpoken(picture);

  const fetchPicture = async () => {
    const answer = await getOwnPicture();
    if (answer.kind === 'ok') {
      setPicture(answer.data);
      setStage('shown');
    } else if (answer.kind === 'problem' && answer.problem.status === 404) setStage('spent');
    setFailure(failureWords(answer));
  };
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const answer = await postPictureOpening(secret);
    setBusy(false);
    if (answer.kind === 'ok') {
      history.replaceState(null, '', location.pathname);
      setStage('fetching');
      return fetchPicture();
    }
    // Opened here before, and reloaded with the link still in the address.
    if (answer.kind === 'problem' && answer.problem.status === 404) return fetchPicture();
    setFailure(failureWords(answer));
  };
  useEffect(() => {
    if (!secret) void fetchPicture();
  }, []);

  if (stage === 'spent') return <Page key="spent" title={t('picture.spent-title')} lead={t('picture.spent-lead')} kind="form" />;
  if (stage === 'closed') return <Page key="closed" title={t('picture.closed-title')} lead={t('picture.closed-lead')} kind="form" />;
  if (stage === 'shown' && picture && spoken) {
    return <OwnPicture picture={picture} onChanged={fetchPicture} onClosed={() => setStage('closed')} />;
  }
  return (
    <Page key="asking" title={t('picture.open-title')} lead={t('picture.open-lead')} kind="form">
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {stage === 'asking'
        ? <Button big busy={busy} onClick={() => void open()}>{t('picture.open')}</Button>
        : !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {stage === 'fetching' && failure && <Button big onClick={() => void fetchPicture()}>{t('picture.again')}</Button>}
    </Page>
  );
}

interface OwnPictureProps {
  picture: Picture;
  onChanged: () => Promise<void>;
  onClosed: () => void;
}

function OwnPicture({ picture, onChanged, onClosed }: OwnPictureProps) {
  const [asked, setAsked] = useState<PictureFact | null>(null);
  const [closing, setClosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const say = async (fact: PictureFact, body: Record<string, unknown>, said: Said | null) => {
    setBusy(true);
    const answer = await postOwnDisagreement(fact.record_id, { ...body, id: uuid7(), recorded_at: new Date().toISOString() });
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setAsked(null);
    await onChanged();
    announce(t(said ? 'picture.said-so' : 'picture.taken-back'));
  };
  const close = async () => {
    setBusy(true);
    const answer = await deleteOwnPicture();
    setBusy(false);
    setClosing(false);
    if (answer.kind === 'ok') onClosed();
    else setFailure(failureWords(answer));
  };
  return (
    <>
      <ShownPicture
        picture={picture}
        onDisagree={setAsked}
        onTakeBack={fact => void say(fact, takingBackBody(fact, 'own-phone'), null)}
        says={failure && !asked && <p class="picture__note" role="alert">{failure}</p>}
        acts={<Button second big onClick={() => setClosing(true)}>{t('picture.close')}</Button>}
      />
      <Disagree
        fact={asked}
        worker={picture.worker}
        asksCompany={false}
        busy={busy}
        failure={failure}
        onSay={said => asked && void say(asked, disagreementBody(said, 'own-phone'), said)}
        onClose={() => setAsked(null)}
      />
      <Confirm
        open={closing}
        title={t('picture.close-title')}
        confirm={t('picture.close')}
        cancel={t('picture.leave-it')}
        busy={busy}
        onConfirm={() => void close()}
        onClose={() => setClosing(false)}
      >
        <p>{t('picture.close-then')}</p>
      </Confirm>
    </>
  );
}
