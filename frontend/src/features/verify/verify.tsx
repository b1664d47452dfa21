import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueuedRecord } from '../../api/verification';
import { t } from '../../lib/i18n';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page, usePageTitle } from '../../ui/page';
import { Desk } from './desk';
import { JudgedSays } from './judged-says';
import { afterJudging, chosenOf } from './queue';
import { QueueList, QueueStrip, recordUrl } from './queue-list';
import { useQueue, type Judgement } from './use-queue';
import { titleOf } from './words';

/** What waits to be verified: the list, and one record with its evidence. */
export default function Verify() {
  const { query, route } = useLocation();
  const queue = useQueue();
  const { items } = queue;
  const current = items && chosenOf(items, query['record']);

  const judging = useRef(false);
  const judge = async (record: QueuedRecord, judgement: Judgement) => {
    if (judging.current) return; // one press, one judgement
    judging.current = true;
    const next = afterJudging(items ?? [], record);
    await queue.judge(record, judgement).finally(() => (judging.current = false));
    announce([
      t(`verify.${judgement.decision}-says`, { what: titleOf(record), name: record.person }),
      next ? t('verify.after-this', { what: titleOf(next) }) : t('verify.none'),
    ].join('. '));
    route(next ? recordUrl(next) : '/verify', true);
  };
  const says = queue.last && (
    <JudgedSays judged={queue.last} state={queue.lastState?.state ?? 'received'} onTakeBack={judged => void queue.takeBack(judged)} />
  );
  if (!items || !current) {
    return (
      <Page title={t('verify.title')}>
        {says}
        <AskedFor asked={queue.asked}>
          {() => <EmptyState title={t('verify.none')} act={<LinkButton second href="/">{t('verify.none-act')}</LinkButton>}>{t('verify.none-what')}</EmptyState>}
        </AskedFor>
      </Page>
    );
  }
  return (
    <Whole items={items} current={current}>
      <Desk
        key={current.id}
        record={current}
        items={items}
        others={queue.asked.data?.others ?? []}
        says={says}
        failure={queue.asked.failure}
        onJudge={judgement => void judge(current, judgement)}
        onGo={record => route(recordUrl(record))}
      />
    </Whole>
  );
}

interface WholeProps {
  items: readonly QueuedRecord[];
  current: QueuedRecord;
  children: ComponentChildren;
}

/** The page around the desk; its heading takes the focus when the page opens. */
function Whole({ items, current, children }: WholeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(t('verify.title'), heading);
  const [first] = useState(current.id);
  useEffect(() => {
    document.querySelector('.queue [aria-current]')?.scrollIntoView?.({ block: 'nearest' });
    if (current.id === first) return;
    scrollTo(0, 0);
    document.getElementById('record-title')?.focus({ preventScroll: true });
  }, [current.id]);
  return (
    <>
      <QueueStrip items={items} current={current} />
      <main class="desk" id="main">
        <h1 class="hidden" ref={heading} tabIndex={-1}>{t('verify.title')}</h1>
        <QueueList items={items} current={current} />
        {children}
      </main>
    </>
  );
}
