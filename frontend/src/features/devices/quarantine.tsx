import { useState } from 'preact/hooks';
import { getQuarantined, postAcceptance, postDiscard, type ParkedItem } from '../../api/devices';
import { phraseFor, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { MomentText } from '../../ui/texts';
import { ReasonDialog } from './reason-dialog';

/** Records that came from a tablet out of use, or in a rescue file by another's hand: let in, or kept out. */
export function Quarantine() {
  const parked = useAnswer('quarantine', getQuarantined);
  return (
    <AskedFor asked={parked}>
      {({ items }) => items.length > 0 && (
        <Section title={t('devices.quarantine')} says={t('devices.quarantine-says')} count={items.length}>
          <Rows label={t('devices.quarantine')}>{items.map(item => <ItemRow key={item.id} item={item} onSettled={parked.reload} />)}</Rows>
        </Section>
      )}
    </AskedFor>
  );
}

function ItemRow({ item, onSettled }: { item: ParkedItem; onSettled: () => void }) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const what = phraseFor('devices', `action-${item.action ?? ''}`) ?? t('devices.action-unknown');
  const title = t('devices.item', { what, name: item.person ?? t('devices.somebody'), author: item.author });
  const accept = async () => {
    const answer = await postAcceptance(item.id);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t('devices.accepted'));
    onSettled();
  };
  return (
    <Row
      title={title}
      {...(item.enrolment_id ? { href: `/people/${item.enrolment_id}` } : {})}
      acts={
        <>
          <Button second label={t('devices.accept-of', { what: title })} onClick={() => void accept()}>{t('devices.accept')}</Button>
          <Button second label={t('devices.discard-of', { what: title })} onClick={() => setAsking(true)}>{t('devices.discard')}</Button>
        </>
      }
    >
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      <p>{phraseFor('devices', `why-${item.code}`) ?? item.detail}</p>
      <p class="soft">
        {item.recorded_at && <>{t('devices.recorded')} <MomentText at={item.recorded_at} />. </>}
        {t('devices.came')} <MomentText at={item.received_at} />.
      </p>
      <ReasonDialog
        open={asking} title={t('devices.discard-question')} label={t('devices.discard-reason')} confirm={t('devices.discard')}
        send={reason => postDiscard(item.id, reason)}
        onDone={() => {
          announce(t('devices.discarded'));
          onSettled();
        }}
        onClose={() => setAsking(false)}
      />
    </Row>
  );
}
