import { useState } from 'preact/hooks';
import { deleteRevocation, getDevices, postRevocation, type Device } from '../../api/devices';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { Tag } from '../../ui/state-word';
import { MomentText } from '../../ui/texts';
import { Cases } from './cases';
import { HandIn } from './hand-in';
import { Quarantine } from './quarantine';

/** The tablets on which one's organisation records: who uses each, what waits on it, and what went missing. */
export default function Devices() {
  const devices = useAnswer('devices', getDevices);
  const isManager = holdsRole('manager');
  const [handedIn, setHandedIn] = useState(0);
  const comeIn = () => {
    setHandedIn(handedIn + 1);
    devices.reload();
  };
  return (
    <Page
      title={t('devices.title')} kind="day"
      lead={devices.data ? t('devices.lead', { count: devices.data.count }) : undefined}
      {...(isManager ? {} : { back: { href: '/settings', words: t('devices.settings') } })}
    >
      <Cases />
      {isManager && <Quarantine key={handedIn} />}
      <Section title={t('devices.all')} says={t('devices.all-says')}>
        <AskedFor asked={devices}>
          {({ items }) => items.length === 0
            ? <EmptyState title={t('devices.none')}>{t('devices.none-what')}</EmptyState>
            : <Rows label={t('devices.all')}>{items.map(device => <DeviceRow key={device.id} device={device} onChanged={devices.reload} />)}</Rows>}
        </AskedFor>
      </Section>
      {isManager && <HandIn onHandedIn={comeIn} />}
    </Page>
  );
}

function DeviceRow({ device, onChanged }: { device: Device; onChanged: () => void }) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const name = nameOf(device);
  const isRevoked = device.revoked_at !== null;
  const change = async () => {
    const answer = await (isRevoked ? deleteRevocation(device.id) : postRevocation(device.id));
    setAsking(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t(isRevoked ? 'devices.used-again' : 'devices.revoked', { name }));
    onChanged();
  };
  const act = isRevoked ? t('devices.use-again') : t('devices.revoke');
  return (
    <Row
      title={name}
      needs={device.open_case_count > 0}
      side={isRevoked ? <Tag tone="needs" icon="lock">{t('devices.is-revoked')}</Tag> : undefined}
      acts={<QuietButton label={t('devices.act-of', { act, name })} onClick={() => setAsking(true)}>{act}</QuietButton>}
    >
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      <p>{t('devices.last-contact')} <MomentText at={device.last_seen_at} />. {t('devices.first-contact')} <MomentText at={device.first_seen_at} />.</p>
      <p>
        {device.pending > 0 ? t('devices.pending', { count: device.pending }) : t('devices.nothing-pending')}
        {device.oldest_pending_at && <> {t('devices.oldest')} <MomentText at={device.oldest_pending_at} />.</>}
      </p>
      <p class="soft">
        {device.is_persisted === null ? '' : device.is_persisted ? t('devices.persisted') : t('devices.not-persisted')}{' '}
        {device.app_version && t('devices.version', { version: device.app_version })}
      </p>
      <Confirm open={asking} title={t('devices.question', { act, name })} confirm={act} onConfirm={() => void change()} onClose={() => setAsking(false)}>
        <p>{isRevoked ? t('devices.use-again-then') : t('devices.revoke-then')}</p>
      </Confirm>
    </Row>
  );
}

/** A tablet is known by those who use it: "Amina O., Sam P." and the end of its number. */
function nameOf({ id, users, last_user: last }: Device): string {
  const names = new Set([...users.map(user => user.name), ...(last ? [last] : [])]);
  return t('devices.name', { people: [...names].join(', ') || t('devices.nobody'), number: id.slice(-4).toUpperCase() });
}
