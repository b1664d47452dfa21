import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { today } from '../../lib/dates';
import { unsentCount } from '../../sync/outbox';
import { gatherRescue, rescuable, type RescueFile } from '../../sync/rescue';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Section } from '../../ui/page';

/** What waits here and cannot go: as a sealed file that another machine hands in. Works while the tablet is locked. */
export function RescueSection() {
  const [waiting, setWaiting] = useState(0);
  const unsent = unsentCount.value;
  useEffect(() => void rescuable().then(setWaiting), [unsent]);
  if (waiting === 0) return null;
  const save = async () => {
    offer(await gatherRescue());
    announce(t('tablet.rescue-saved'));
  };
  return (
    <Section title={t('tablet.rescue-title')}>
      <p class="section-lead">{t('tablet.rescue-lead', { count: waiting })}</p>
      <Button second icon="download" onClick={() => void save()}>{t('tablet.rescue-save')}</Button>
    </Section>
  );
}

function offer(rescue: RescueFile): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(rescue)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `waymark-${today()}.rescue.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
