import { useState } from 'preact/hooks';
import { getDeviceCases, postClosure, type DeviceCase } from '../../api/devices';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { MomentText } from '../../ui/texts';
import { ReasonDialog } from './reason-dialog';

/** What looks like records that were made and never came. */
export function Cases() {
  const cases = useAnswer('device-cases', getDeviceCases);
  return (
    <AskedFor asked={cases}>
      {({ items }) => items.length > 0 && (
        <Section title={t('devices.cases')} says={t('devices.cases-says')} count={items.length}>
          <Rows label={t('devices.cases')}>{items.map(one => <CaseRow key={one.id} one={one} onClosed={cases.reload} />)}</Rows>
        </Section>
      )}
    </AskedFor>
  );
}

function CaseRow({ one, onClosed }: { one: DeviceCase; onClosed: () => void }) {
  const [asking, setAsking] = useState(false);
  const lost = lostOf(one);
  const name = t('devices.name', { people: one.user, number: one.device_id.slice(-4).toUpperCase() });
  const title = t('devices.case-of', { what: t(`devices.case-${one.kind}`), name });
  return (
    <Row needs title={title} acts={<Button second label={t('devices.close-of', { what: title })} onClick={() => setAsking(true)}>{t('devices.close')}</Button>}>
      <p>{t(`devices.case-${one.kind}-what`)}{lost !== null && ` ${t('devices.lost', { count: lost })}`}</p>
      <p class="soft">{t('devices.opened')} <MomentText at={one.opened_at} />.</p>
      <ReasonDialog
        open={asking} title={t('devices.close-question')} label={t('devices.close-reason')} confirm={t('devices.close')}
        send={reason => postClosure(one.id, reason)}
        onDone={() => {
          announce(t('devices.closed'));
          onClosed();
        }}
        onClose={() => setAsking(false)}
      />
    </Row>
  );
}

/** How many records the tablet itself says were lost; null where it says nothing. */
function lostOf({ detail }: DeviceCase): number | null {
  const { count } = (detail['lost'] ?? {}) as { count?: number };
  return count ?? null;
}
