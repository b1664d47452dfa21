import { useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Confirm } from '../../ui/dialog';
import { BackLink } from '../../ui/links';
import { usePageTitle } from '../../ui/page';
import { Note } from '../../ui/texts';
import { Frame } from './frame';
import { KINDS, type SittingKind } from './sitting';

export interface OpeningProps {
  enrolmentId: string;
  name: string;
  /** The whole short name: "Dean M." */
  person: string;
  total: number;
  kind: SittingKind;
  onKind: (kind: SittingKind) => void;
  onBegin: () => void;
  onChoseNot: () => void;
}

/** Before the tablet is handed over: which occasion it is, and how it goes. */
export function Opening({ enrolmentId, name, person, total, kind, onKind, onBegin, onChoseNot }: OpeningProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState(false);
  const title = t('rate.title', { name });
  usePageTitle(title, heading);
  return (
    <Frame
      turn={t('rate.together')}
      bar={<><span class="hide-phone" /><Button big grow onClick={onBegin}>{t('rate.hand-to', { name })}</Button></>}
    >
      <BackLink href={`/people/${enrolmentId}`}>{person}</BackLink>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p class="lead">{t('rate.how', { name, total })}</p>
      <Radios
        name="kind"
        label={t('rate.kind')}
        options={KINDS.map(one => ({ value: one, label: t(`rate.kind-${one}`), hint: t(`rate.kind-${one}-hint`) }))}
        value={kind}
        onInput={value => onKind(value as SittingKind)}
      />
      <Note icon="eye">{t('rate.hidden', { name })}</Note>
      <p class="after-form"><Button second big onClick={() => setAsking(true)}>{t('rate.chose-not', { name })}</Button></p>
      <Confirm
        open={asking}
        title={t('rate.chose-not-question', { name })}
        confirm={t('rate.chose-not-confirm')}
        onConfirm={() => {
          setAsking(false);
          onChoseNot();
        }}
        onClose={() => setAsking(false)}
      >
        <p>{t('rate.chose-not-then', { name })}</p>
      </Confirm>
    </Frame>
  );
}
