import { useRoute } from 'preact-iso';
import { getContract, type WholeContract } from '../../api/settings';
import { phraseFor, t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { Details } from '../../ui/details';
import { EmptyState } from '../../ui/empty-state';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { SummaryList } from '../../ui/summary-list';
import { Table } from '../../ui/table';
import { DateText, Money } from '../../ui/texts';
import { ApplyCard } from './apply-card';

/** One contract: who has which place on it, who is priced alike, what people are told. */
export default function ContractPage() {
  const { contractId = '' } = useRoute().params;
  const contract = useAnswer(contractId, () => getContract(contractId));
  const title = contract.data ? `${contract.data.code} ${contract.data.title}` : t('settings.contract');
  return (
    <Page title={title} back={{ href: '/settings/contracts', words: t('settings.contracts') }}>
      <AskedFor asked={contract}>
        {whole => (
          <>
            <Facts contract={whole} />
            <Places contract={whole} />
            <Groups contract={whole} />
            <Notices contract={whole} />
            {!whole.is_own_programme && mayChange(whole) && <ApplyCard contract={whole} />}
          </>
        )}
      </AskedFor>
    </Page>
  );
}

/** An administrator of the prime sets the contract up. */
function mayChange(contract: WholeContract): boolean {
  return contract.parts.includes('prime') && holdsRole('administrator');
}

function Facts({ contract }: { contract: WholeContract }) {
  return (
    <SummaryList
      rows={[
        { key: t('settings.prime'), value: contract.prime.name },
        { key: t('settings.commissioner'), value: contract.commissioner?.name ?? t('settings.own-programme') },
        ...(contract.package_area ? [{ key: t('settings.package-area'), value: `${contract.package_area.code} ${contract.package_area.name}` }] : []),
        { key: t('settings.runs'), value: <><DateText day={contract.starts_on} /> – <DateText day={contract.ends_on} /></> },
        ...(contract.is_own_programme ? [] : [{ key: t('settings.claim-day'), value: t('settings.claim-day-value', { day: contract.claim_day }) }]),
      ]}
    />
  );
}

function Places({ contract }: { contract: WholeContract }) {
  return (
    <Section title={t('settings.places')} count={contract.subcontracts.length} link={addLink(contract, 'places', t('settings.add-place'))}>
      {contract.subcontracts.length === 0 ? (
        <EmptyState title={t('settings.no-places')}>{t('settings.no-places-what')}</EmptyState>
      ) : (
        <Table
          caption={t('settings.places')}
          hideCaption
          rows={contract.subcontracts}
          keyOf={place => place.id}
          columns={[
            {
              label: t('settings.provider'),
              cell: place => mayChange(contract)
                ? <a href={`/settings/contracts/${contract.id}/places/${place.id}`}>{place.provider.name}</a>
                : place.provider.name,
            },
            { label: t('settings.delivery'), cell: place => t('settings.tier', { delivery: phraseFor('settings', `delivery-${place.delivery}`) ?? place.delivery, tier: place.tier }) },
            { label: t('settings.promised-referrals'), numeric: true, cell: place => place.promised_referrals },
            { label: t('settings.promised-value'), numeric: true, cell: place => <Money pence={place.promised_value_pence} /> },
            {
              label: t('settings.share'),
              numeric: true,
              cell: place => (place.provider_share_basis_points === null ? t('settings.not-shown') : `${place.provider_share_basis_points / 100} %`),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Groups({ contract }: { contract: WholeContract }) {
  const { payment_groups: groups } = contract;
  if (contract.is_own_programme || (groups.length === 0 && !mayChange(contract))) return null;
  const group = `/settings/contracts/${contract.id}/payment-groups`;
  return (
    <Section title={t('settings.payment-groups')} count={groups.length} link={addLink(contract, 'payment-groups', t('settings.add-group'))}>
      {groups.length === 0 ? <EmptyState title={t('settings.no-groups')}>{t('settings.no-groups-what')}</EmptyState> : (
        <Rows label={t('settings.payment-groups')}>
          {groups.map(one => (
            <Row key={one.id} title={one.code} {...(mayChange(contract) ? { href: `${group}/${one.id}` } : {})}><p>{one.title}</p></Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}

function Notices({ contract }: { contract: WholeContract }) {
  return (
    <Section title={t('settings.notices')} count={contract.notices.length} link={addLink(contract, 'notices', t('settings.publish-notice'))}>
      <p class="section-lead">{t('settings.notices-what')}</p>
      {contract.notices.length === 0 && <EmptyState title={t('settings.no-notices')}>{t('settings.no-notices-what')}</EmptyState>}
      {contract.notices.map(notice => (
        <Details
          key={notice.id}
          summary={t('settings.notice-version', {
            title: notice.title,
            version: notice.version,
            language: phraseFor('settings', `language-${notice.language}`) ?? notice.language,
            format: phraseFor('settings', `format-${notice.format}`) ?? notice.format,
          })}
        >
          {notice.body.split('\n\n').map((paragraph, index) => <p key={index}>{paragraph}</p>)}
        </Details>
      ))}
    </Section>
  );
}

/** The way to add something to a section, for whoever may. */
function addLink(contract: WholeContract, what: 'places' | 'payment-groups' | 'notices', words: string) {
  return mayChange(contract) ? <a href={`/settings/contracts/${contract.id}/${what}/new`}>{words}</a> : undefined;
}
