import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getContracts } from '../../api/settings';
import { getStatement, postClosure, type Statement } from '../../api/statements';
import { monthWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { failureWords } from '../../lib/problems';
import { holdsRole } from '../../store/session';
import { useKept } from '../../store/use-kept';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { Icon } from '../../ui/icon';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { DateText, Money } from '../../ui/texts';
import { Remittances } from './remittances';

/** One month's account: entries, what was rejected, totals, and where the money is. */
export default function StatementPage() {
  const { statementId = '' } = useRoute().params;
  const statement = useKept(`statement:${statementId}`, () => getStatement(statementId));
  const [closing, setClosing] = useState(false);
  const found = statement.data;
  const contracts = useKept('contracts', getContracts).data?.items;
  const isPrime = contracts?.find(contract => contract.id === found?.contract_id)?.parts.includes('prime') === true;
  const mayClose = isPrime && holdsRole('claims-approver') && found?.state === 'open';
  return (
    <Page
      title={found ? t('statements.of', { month: monthWords(found.month), contract: found.contract }) : t('statements.one')}
      lead={found && t(`statements.lead-${found.state}`, { label: found.label, prime: found.prime, commissioner: found.commissioner })}
      back={{ href: '/statements', words: t('statements.title') }}
      primary={mayClose ? <Button second onClick={() => setClosing(true)}>{t('statements.close')}</Button> : undefined}
    >
      <AskedFor asked={statement}>
        {whole => (
          <>
            <Closing statement={whole} open={closing} onClose={() => setClosing(false)} onDone={statement.reload} />
            <Totals statement={whole} />
            <Papers statementId={whole.id} />
            <Entries statement={whole} />
            <Rejected statement={whole} />
            {whole.remittances.length > 0 && (
              <Section title={t('statements.money')} says={t('statements.money-says')}>
                <Remittances statement={whole} isPrime={isPrime} onDone={statement.reload} />
              </Section>
            )}
          </>
        )}
      </AskedFor>
    </Page>
  );
}

function Totals({ statement: { totals } }: { statement: Statement }) {
  return (
    <dl class="sums sums--alone" aria-label={t('statements.totals')}>
      <div><dt>{t('statements.entries')}</dt><dd>{totals.entry_count}</dd></div>
      <div><dt>{t('statements.gross')}</dt><dd>{moneyWords(totals.amount_pence)}</dd></div>
      <div><dt>{t('statements.share')}</dt><dd>{moneyWords(totals.provider_share_pence)}</dd></div>
    </dl>
  );
}

/** The account on paper and as a table: the same figures. */
function Papers({ statementId }: { statementId: string }) {
  return (
    <p class="documents">
      <a class="quiet" href={`/api/statements/${statementId}.pdf`} download><Icon name="download" /> {t('statements.pdf')}</a>
      <a class="quiet" href={`/api/statements/${statementId}.csv`} download><Icon name="download" /> {t('statements.csv')}</a>
    </p>
  );
}

function Entries({ statement }: { statement: Statement }) {
  const { entries, totals } = statement;
  return (
    <Section title={t('statements.entries')} count={entries.length}>
      {entries.length === 0 ? (
        <EmptyState title={t('statements.no-entries')}>{t('statements.no-entries-what')}</EmptyState>
      ) : (
        <Table
          caption={t('statements.entries-caption')}
          hideCaption
          rows={entries}
          keyOf={entry => entry.id}
          columns={[
            { label: t('statements.line'), cell: entry => <span class="nowrap">{entry.line ?? t('line.none')}</span> },
            { label: t('statements.on'), cell: entry => <DateText day={entry.on} /> },
            { label: t('statements.kind'), cell: entry => <>{t(`statements.kind-${entry.kind}`)}{entry.reason && <p class="soft">{phraseFor('line', `excluded-${entry.reason}`) ?? entry.reason}</p>}</> },
            { label: t('statements.person'), cell: entry => <span class="ref">{entry.person}</span> },
            { label: t('statements.for'), cell: entry => entry.rate_title ?? t('line.none') },
            { label: t('statements.provider'), cell: entry => entry.provider },
            { label: t('statements.gross'), numeric: true, cell: entry => <Money pence={entry.amount_pence} /> },
            { label: t('statements.share'), numeric: true, cell: entry => <Money pence={entry.provider_share_pence} /> },
          ]}
          foot={[t('statements.totals'), '', '', '', '', '', <Money key="gross" pence={totals.amount_pence} />, <Money key="share" pence={totals.provider_share_pence} />]}
        />
      )}
    </Section>
  );
}

function Rejected({ statement: { rejected } }: { statement: Statement }) {
  if (rejected.length === 0) return null;
  return (
    <Section title={t('statements.rejected')} says={t('statements.rejected-says', { count: rejected.length })}>
      <Table
        caption={t('statements.rejected')}
        hideCaption
        rows={rejected}
        keyOf={line => line.line_id}
        columns={[
          { label: t('statements.line'), cell: line => <span class="nowrap">{line.line}</span> },
          { label: t('statements.on'), cell: line => <DateText day={line.on} /> },
          { label: t('statements.person'), cell: line => <span class="ref">{line.person}</span> },
          { label: t('statements.for'), cell: line => line.rate_title },
          { label: t('statements.provider'), cell: line => line.provider },
          {
            label: t('statements.why'),
            cell: line => <>{phraseFor('line', `rejected-${line.reason}`) ?? line.reason}. <q>{line.words}</q> {line.curable ? t('statements.curable') : t('line.no-cure')}</>,
          },
          { label: t('statements.price'), numeric: true, cell: line => <Money pence={line.price_pence} /> },
        ]}
      />
    </Section>
  );
}

interface ClosingProps {
  statement: Statement;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Closing asks once: what is decided later stands on the next statement. */
function Closing({ statement, open, onClose, onDone }: ClosingProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const close = async () => {
    setBusy(true);
    const answer = await postClosure(statement.id);
    setBusy(false);
    setFailure(failureWords(answer));
    onClose();
    if (answer.kind !== 'ok') return;
    announce(t('statements.closed', { label: statement.label }));
    onDone();
  };
  return (
    <>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      <Confirm open={open} title={t('statements.close-title', { label: statement.label })} confirm={t('statements.close-act')} busy={busy} onConfirm={() => void close()} onClose={onClose}>
        <p>{t('statements.close-then', { month: monthWords(statement.month) })}</p>
      </Confirm>
    </>
  );
}
