import { t } from '../../lib/i18n';
import { holdsRole } from '../../store/session';
import { Page } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';

/** What can be set up here, by who looks. */
export default function Settings() {
  const isAdministrator = holdsRole('administrator');
  return (
    <Page title={t('settings.title')} kind="day" lead={t('settings.lead')}>
      <Rows label={t('settings.title')}>
        {isAdministrator && <Row title={t('settings.people')} href="/settings/people"><p>{t('settings.people-what')}</p></Row>}
        {isAdministrator && <Row title={t('settings.organisation')} href="/settings/organisation"><p>{t('settings.organisation-what')}</p></Row>}
        {isAdministrator && <Row title={t('settings.partners')} href="/settings/partners"><p>{t('settings.partners-what')}</p></Row>}
        <Row title={t('settings.contracts')} href="/settings/contracts"><p>{t('settings.contracts-what')}</p></Row>
        <Row title={t('settings.rate-cards')} href="/settings/rate-cards"><p>{t('settings.rate-cards-what')}</p></Row>
        {isAdministrator && <Row title={t('settings.instruments')} href="/settings/instruments"><p>{t('settings.instruments-what')}</p></Row>}
        <Row title={t('settings.calibrations')} href="/settings/calibrations"><p>{t('settings.calibrations-what')}</p></Row>
        {isAdministrator && <Row title={t('settings.audit')} href="/settings/audit"><p>{t('settings.audit-what')}</p></Row>}
      </Rows>
    </Page>
  );
}
