import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getPicture, type PictureFact } from '../../api/picture';
import { ownLanguage, t, tIn } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { useOwnTime } from '../../store/quiet';
import { unsentCount } from '../../sync/outbox';
import { writeRecord } from '../../sync/recording';
import { announce } from '../../ui/announce';
import { LinkButton } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { disagreementBody, takingBackBody, withSince, type Since } from './against';
import { Disagree, type Said } from './disagree';
import { ShownPicture } from './picture';
import { factWords } from './sentences';
import { useSpoken } from './spoken';

/**
 * The person's picture in the worker's hands: nobody else is on it. It is never kept on the tablet, for who rates next
 * must not find an earlier answer there.
 */
export default function TabletPicture() {
  const enrolmentId = useRoute().params['id'] ?? '';
  const waits = unsentCount.value;
  const { data, failure } = useAnswer(`${enrolmentId}:${waits}`, () => getPicture(enrolmentId));
  const [since, setSince] = useState<Since>(new Map());
  const [asked, setAsked] = useState<PictureFact | null>(null);
  const [busy, setBusy] = useState(false);
  const spoken = useSpoken(data);
  useOwnTime(data !== null);
  if (!data || !spoken) {
    return (
      <Page title={t('picture.title')} back={{ href: `/people/${enrolmentId}`, words: t('picture.back') }}>
        {failure
          ? <NotificationBanner><p>{failure}</p><p>{t('picture.needs-signal')}</p></NotificationBanner>
          : <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      </Page>
    );
  }
  const picture = withSince(data, since);
  const write = async (fact: PictureFact, body: Record<string, unknown>, said: Said | null) => {
    setBusy(true);
    const mine = ownLanguage(); // the list of what waits is the worker's
    const words = tIn(mine, said ? 'picture.waiting-words' : 'picture.waiting-back', { name: picture.first_name, what: factWords(fact, picture.worker) });
    const id = await writeRecord({ action: 'disagreement', enrolmentId, subjectId: fact.record_id, words, body }).finally(() => setBusy(false));
    setSince(new Map(since).set(fact.record_id, said && { id, words: said.words }));
    setAsked(null);
    announce(t(said ? 'picture.said-so' : 'picture.taken-back'));
  };
  return (
    <>
      <ShownPicture
        picture={picture}
        onDisagree={setAsked}
        onTakeBack={fact => void write(fact, takingBackBody(fact, 'on-tablet'), null)}
        says={waits > 0 && <p class="picture__note no-print">{t('picture.waits')}</p>}
        acts={
          <>
            <LinkButton big href={`/people/${enrolmentId}`}>{t('picture.hand-back')}</LinkButton>
            <LinkButton second big href={`/people/${enrolmentId}/picture/link`}>{t('picture.to-phone')}</LinkButton>
          </>
        }
      />
      <Disagree
        fact={asked}
        worker={picture.worker}
        asksCompany
        busy={busy}
        failure={null}
        onSay={said => asked && void write(asked, disagreementBody(said, 'on-tablet'), said)}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
