import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { Icon, Mark } from '../../ui/icon';
import { usePageTitle } from '../../ui/page';

const larger = signal(false);

export interface FrameProps {
  /** Whose turn it is. */
  turn: string;
  /** Buttons beside: reading aloud. */
  aids?: ComponentChildren;
  children: ComponentChildren;
  bar?: ComponentChildren;
}

/** The full screen of a rating: whose turn it is, what helps to read, and nothing that leads away. */
export function Frame({ turn, aids, bar, children }: FrameProps) {
  return (
    <>
      <header class="rate-top">
        <div class="top__in">
          <span class="turn"><Mark />{turn}</span>
          <div class="aids">
            {aids}
            <button class="aid" type="button" aria-pressed={larger.value} onClick={() => (larger.value = !larger.value)}>
              <b aria-hidden="true">A+</b><span>{t('rate.larger')}</span>
            </button>
          </div>
        </div>
      </header>
      <main class={larger.value ? 'page page--form rate rate--large' : 'page page--form rate'} id="main">{children}</main>
      {bar && <div class="bar bar--form" role="region" aria-label={t('ui.next')}><div class="bar__in">{bar}</div></div>}
    </>
  );
}

/** Bring the question, and what is wrong with its answer, back into sight. */
export function showTop(heading: HTMLElement | null): void {
  scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
}

export interface CoverProps {
  turn: string;
  title: string;
  /** The title's language where it speaks to somebody who reads another than the rest. */
  titleLang?: string;
  children?: ComponentChildren;
  acts: ComponentChildren;
  /** What the worker may do besides; small, at the foot. */
  foot?: ComponentChildren;
}

/** A page that covers what was answered while the tablet changes hands. */
export function Cover({ turn, title, titleLang, children, acts, foot }: CoverProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title, heading);
  return (
    <Frame turn={turn}>
      <div class="cover">
        <h1 ref={heading} tabIndex={-1} lang={titleLang}>{title}</h1>
        {children}
        <div class="acts">{acts}</div>
        {foot && <div class="cover__foot">{foot}</div>}
      </div>
    </Frame>
  );
}

/** Who sees the answers, on every page on which one answers. */
export function WhoSees({ worker }: { worker: string }) {
  return <p class="sees"><Icon name="eye" /><span>{t('rate.sees', { worker })}</span></p>;
}
