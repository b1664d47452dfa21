import { useState } from 'preact/hooks';
import { evidenceFileUrl, type QueuedEvidence } from '../../api/verification';
import { t } from '../../lib/i18n';
import { Icon } from '../../ui/icon';
import { evidenceWords } from './words';

/** The files of a record, pictures large; a document is downloaded, since the browser shows none that is kept from running anything. */
export function EvidenceFiles({ evidence }: { evidence: readonly QueuedEvidence[] }) {
  const withFile = evidence.filter(item => item.has_file);
  return (
    <>
      {withFile.map((item, index) => {
        const words = t('verify.image-of', { kind: evidenceWords(item), place: index + 1, count: withFile.length });
        return item.media_type === 'application/pdf'
          ? <Document key={item.id} item={item} words={words} />
          : <Picture key={item.id} item={item} words={words} />;
      })}
    </>
  );
}

function Picture({ item, words }: { item: QueuedEvidence; words: string }) {
  const [failed, setFailed] = useState(false);
  const url = evidenceFileUrl(item.id);
  const kind = evidenceWords(item);
  return (
    <figure>
      {failed
        ? <p class="note"><Icon name="alert" /><span>{t('verify.image-failed')}</span></p>
        : <img src={url} alt={t('verify.image-alt', { kind })} onError={() => setFailed(true)} />}
      <figcaption>
        <span>{words}</span>
        <a href={url} target="_blank" rel="noopener" aria-label={t('verify.open-of', { act: t('verify.open-full'), kind: words })}>{t('verify.open-full')}</a>
      </figcaption>
    </figure>
  );
}

function Document({ item, words }: { item: QueuedEvidence; words: string }) {
  return (
    <figure class="paper-file">
      <a class="button button--second" href={evidenceFileUrl(item.id)} download aria-label={t('verify.open-of', { act: t('verify.open-pdf'), kind: words })}>
        <Icon name="file" />{t('verify.open-pdf')}
      </a>
      <figcaption><span>{words}</span></figcaption>
    </figure>
  );
}
