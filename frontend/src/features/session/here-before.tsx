import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { peopleHere, type Who } from '../../store/device';
import { lockFor } from '../../store/session';
import { Button } from '../../ui/button';
import { Section } from '../../ui/page';

/** Whoever set this tablet up may go on without a connection: they choose themselves, then unlock. */
export function HereBefore() {
  const [people, setPeople] = useState<Who[]>([]);
  useEffect(() => void peopleHere().then(all => setPeople(all.filter(who => who.has_vault))), []);
  if (people.length === 0) return null;
  return (
    <Section title={t('session.here-before')}>
      <p class="section-lead">{t('session.here-before-lead')}</p>
      <div class="acts">
        {people.map(who => <Button key={who.user_id} second icon="lock" onClick={() => void lockFor(who)}>{t('session.unlock-for', { name: who.short_name })}</Button>)}
      </div>
    </Section>
  );
}
