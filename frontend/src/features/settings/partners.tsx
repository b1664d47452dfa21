import { getOrganisations } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { currentSession } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';

/** The organisations that contracts and places are given to. */
export default function Partners() {
  const organisations = useAnswer('organisations', getOrganisations);
  const own = currentSession().membership.organisation.id;
  return (
    <Page
      title={t('settings.partners')} kind="day" back={{ href: '/settings', words: t('settings.title') }}
      lead={organisations.data && t('settings.partners-count', { count: organisations.data.count })}
      primary={<LinkButton href="/settings/partners/new" icon="plus">{t('settings.add-partner')}</LinkButton>}
    >
      <AskedFor asked={organisations}>
        {({ items }) => (
          <Rows label={t('settings.partners')}>
            {items.map(({ id, name, short_name: short }) => (
              <Row key={id} title={id === own ? t('settings.your-own', { name }) : name}>{short !== name && <p class="soft">{short}</p>}</Row>
            ))}
          </Rows>
        )}
      </AskedFor>
    </Page>
  );
}
