import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';
import { publicTitle } from '../lib/titles';
import { BackLink } from './links';
import { StickyBar } from './sticky-bar';

let pagesShown = 0;

/**
 * Set the browser's title, and bring the focus to the heading of a page that was navigated to, so that keyboard and
 * screen reader begin where the eye does. The very first page keeps the browser's own start.
 */
export function usePageTitle(title: string, heading: RefObject<HTMLHeadingElement | null>, hasErrors = false): void {
  useEffect(() => {
    const words = publicTitle(title, t('ui.one-person'));
    const shown = hasErrors ? t('ui.error-title', { title: words }) : words;
    document.title = t('ui.title-of', { title: shown });
  }, [title, hasErrors]);
  useEffect(() => {
    pagesShown += 1;
    if (pagesShown === 1) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
}

export interface PageProps {
  /** The heading, and the browser's title unless `documentTitle` says more. */
  title: string;
  documentTitle?: string;
  /** A person's reference beside the heading. */
  reference?: string;
  /** The line under the heading: how many, of what, in which order. */
  lead?: ComponentChildren;
  /** `list`: full width. `day`: one column of sections. `form`: narrower; its act stays in the bar at every width. */
  kind?: 'list' | 'day' | 'form';
  back?: { href: string; words: string };
  /** The page's one primary act: a Button or LinkButton. Top right from 1,024 px, in the sticky bar under it. */
  primary?: ComponentChildren;
  /** Lesser acts beside it; they go with it. */
  secondary?: ComponentChildren;
  /** Acts that stay beside the heading at every width: print, PDF. */
  beside?: ComponentChildren;
  /** What the sticky bar says at its left: usually `<OutboxSays/>`. */
  says?: ComponentChildren;
  /** The form was refused: the browser's title says so. */
  hasErrors?: boolean;
  children?: ComponentChildren;
}

/** A page: its title, heading, one primary act, and what is on it. */
export function Page(props: PageProps) {
  const { title, kind = 'list', primary, secondary, says } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(props.documentTitle ?? title, heading, props.hasErrors);
  const acts = primary || secondary;
  const isForm = kind === 'form';
  return (
    <>
      <main class={kind === 'list' ? 'page' : `page page--${kind}`} id="main">
        {props.back && <BackLink href={props.back.href}>{props.back.words}</BackLink>}
        <div class="head">
          <div class="head__text">
            <h1 ref={heading} tabIndex={-1}>{title}{props.reference && <> <span class="ref">{props.reference}</span></>}</h1>
            {props.lead && <p>{props.lead}</p>}
          </div>
          {props.beside && <div class="head__acts">{props.beside}</div>}
          {acts && !isForm && <div class="head__acts wide-only">{secondary}{primary}</div>}
        </div>
        {props.children}
      </main>
      {acts && <StickyBar form={isForm} says={says} secondary={secondary}>{primary}</StickyBar>}
    </>
  );
}

export interface SectionProps {
  title: string;
  /** How many, in which order. */
  says?: ComponentChildren;
  count?: number;
  /** A link at the right of the heading: `<a href="/verify">All 12</a>`. */
  link?: ComponentChildren;
  id?: string;
  children?: ComponentChildren;
}

/** A section of a page: heading, how many and in which order, and what is in it. */
export function Section({ title, says, count, link, id, children }: SectionProps) {
  const own = id ?? slug(title);
  return (
    <section class="block" aria-labelledby={own}>
      <div class="block__head">
        <h2 id={own}>{title}</h2>
        {says && <p>{says}</p>}
        {count !== undefined && <span class="count">{count}</span>}
        {link}
      </div>
      {children}
    </section>
  );
}

function slug(words: string): string {
  return `section-${words.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}
