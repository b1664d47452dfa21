import type { ComponentChildren } from 'preact';

/** Every icon of the app; none says anything that words beside it do not. */
const shapes = {
  alert: <><circle cx="12" cy="12" r="9.5" /><path d="M12 7v6M12 16.7v.2" /></>,
  away: <><circle cx="12" cy="7.5" r="4.5" stroke-dasharray="3 2.6" /><path d="M3.5 21.5c.5-5 4-7.5 8.5-7.5s8 2.5 8.5 7.5" stroke-dasharray="3 2.6" /></>,
  back: <path d="m15 5-7 7 7 7" />,
  box: <rect x="3.5" y="3.5" width="17" height="17" rx="1.5" />,
  calendar: <><rect x="3" y="5" width="18" height="16" rx="1.5" /><path d="M3 10h18M8 2.5V7M16 2.5V7" /></>,
  camera: <><path d="M3 7.5h4l2-3h6l2 3h4v12H3z" /><circle cx="12" cy="13" r="3.8" /></>,
  close: <path d="m5 5 14 14M19 5 5 19" />,
  down: <path d="m5 9 7 7 7-7" />,
  download: <path d="M12 3v12m-5-5 5 5 5-5M4 20.5h16" />,
  employer: <path d="M4 10v11h16V10M2.5 10 5 3.5h14l2.5 6.5zM9.5 21v-6h5v6" />,
  eye: <><path d="M1.5 12S5 5 12 5s10.5 7 10.5 7S19 19 12 19 1.5 12 1.5 12z" /><circle cx="12" cy="12" r="3" /></>,
  file: <><path d="M6 2.5h8l5 5v14H6z" /><path d="M14 2.5v5h5" /></>,
  filter: <path d="M3 5h18M6.5 12h11M10 19h4" />,
  go: <path d="m9 5 7 7-7 7" />,
  info: <><circle cx="12" cy="12" r="9.5" /><path d="M12 11v6M12 7.3v.2" /></>,
  letter: <><rect x="2.5" y="5" width="19" height="14" rx="1" /><path d="m3 6 9 7 9-7" /></>,
  lock: <><rect x="4" y="10.5" width="16" height="11" rx="1.5" /><path d="M7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5" /></>,
  needs: <><path d="M12 2.5 22.5 21h-21z" fill="currentColor" /><path d="M12 9.5v5M12 17.6v.2" stroke="#fff" /></>,
  person: <><circle cx="12" cy="7.5" r="4.5" /><path d="M3.5 21.5c.5-5 4-7.5 8.5-7.5s8 2.5 8.5 7.5" /></>,
  plus: <path d="M12 4v16M4 12h16" />,
  print: <path d="M6.5 8V3h11v5M6.5 17H3V8h18v9h-3.5M6.5 13.5h11V21h-11z" />,
  received: <><circle cx="12" cy="12" r="10" fill="currentColor" /><path d="m7.5 12.5 3 3 6-6.5" stroke="#fff" /></>,
  saved: <><rect x="5" y="2.5" width="14" height="19" rx="2" /><path d="M12 7v7m-3-3 3 3 3-3M10 18h4" /></>,
  search: <><circle cx="10.5" cy="10.5" r="7" /><path d="m16 16 5.5 5.5" /></>,
  sending: <><circle cx="12" cy="12" r="9.5" stroke-dasharray="3.5 3" /><path d="M12 16.5V8m-3.5 3.5L12 8l3.5 3.5" /></>,
  signature: <path d="M3 20h18M5 15.5c3-8 6-11 7.5-9.5S8 15 9.5 15.5 13 11 14 12s.5 3 2 3 2-1.5 3-1.5" />,
  speak: <path d="M3 9v6h4l6 5V4L7 9zM16.5 8.5a5 5 0 0 1 0 7M19 5.5a9 9 0 0 1 0 13" />,
  tick: <path d="m4 12.5 5.5 5.5L20 6.5" />,
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof shapes;

/** A small line drawing beside words; screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes[name]}</svg>;
}

const glyphs = {
  assessment: 'M8 1.5 14.5 8 8 14.5 1.5 8z',
  milestone: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
  support: 'M3 3h10v10H3z',
  work: 'M1 6h14v4H1z',
  note: 'M3 2h7l3 3v9H3z',
};

export type GlyphName = keyof typeof glyphs;

/** The sign of a kind of record in a timeline and its filters. */
export function Glyph({ name }: { name: GlyphName }) {
  const open = name === 'assessment' || name === 'note';
  return (
    <svg class={open ? 'glyph glyph--open' : 'glyph'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={glyphs[name]} />
    </svg>
  );
}

/** The signpost: the full sign is where someone is, the hollow one where they began. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M6 1.5h4V4h13l6 5-6 5H10v3.5h7.5l4.5 4-4.5 4H10v5H6V26H4v-8.5h2V14H3V4h3z" />
      <path class="cut" d="M6.5 20h10l1.8 1.5-1.8 1.5h-10z" />
    </svg>
  );
}
