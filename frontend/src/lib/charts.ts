/**
 * The pictures of a journey as SVG text: paired dots and small lines.
 *
 * The geometry is written in docs/charts.md; app/exports/documents/pictures.py draws the same for paper, and
 * tests/exports/cases/charts.json holds what both must draw, to the letter. No picture carries what its words do not.
 * Every text is escaped here, so the result may be set as the content of an element.
 */

/** The scale of an instrument's ladders and the values that get a gridline. */
export interface Scale {
  low: number;
  high: number;
  ticks: readonly number[];
}

/** Where one rater saw the person begin and where now; null is an answer that was not given. */
export interface Track {
  began: number | null;
  now: number | null;
  /** The change is more than chance explains: a thick line. */
  sure?: boolean;
}

/** The days of the sittings, counted from the first, the words under both ends, and the day the next review is due. */
export interface Axis {
  days: readonly number[];
  first: string;
  last: string;
  due?: number | null;
}

/** One ladder over time: a rating a sitting for each rater, and the band that chance alone could fill. */
export interface Panel {
  title: string;
  said: string;
  person: readonly (number | null)[];
  worker: readonly (number | null)[];
  band: readonly [number, number] | null;
}

interface Hand {
  name: 'person' | 'worker';
  colour: string;
  outline: number;
  span: number;
  sureSpan: number;
  line: number;
  dashes: string;
  point: number;
  newestPoint: number;
}

const TEAL = '#005a5b';
const INK = '#0b0c0c';
const GREY = '#505a5f';
const RULE = '#b9c4c4';
const BAND = '#dce6e6';
const DOTS = { width: 220, left: 10, span: 200 };
const PANEL = { width: 176, height: 152, inARow: 4, longestTitle: 22 };
const PLOT = { left: 22, top: 40, width: 128, height: 88, inset: 5 };

const PERSON: Hand = {
  name: 'person', colour: TEAL, outline: 2, span: 2.2, sureSpan: 4.4,
  line: 2.2, dashes: '', point: 2.6, newestPoint: 3.4,
};
const WORKER: Hand = {
  name: 'worker', colour: GREY, outline: 1.6, span: 1.5, sureSpan: 3.4,
  line: 1.1, dashes: ' stroke-dasharray="3 2"', point: 2.2, newestPoint: 3,
};

/** The scale of Open Ladders. */
export const ZERO_TO_TEN: Scale = { low: 0, high: 10, ticks: [0, 2, 4, 6, 8, 10] };

/** One ladder's row: the person's pair above, the worker's below; tall stands beside large print. */
export function pairedDots(person: Track, worker: Track, scale: Scale = ZERO_TO_TEN, tall = false): string {
  const [height, first, second, size] = tall ? [66, 19, 48, 1.5] as const : [36, 10.5, 26, 1] as const;
  return svg(DOTS.width, height, pair(PERSON, person, scale, first, size) + pair(WORKER, worker, scale, second, size));
}

/** The lines behind every row; stretched to its place, decoration only. */
export function gridLines(scale: Scale = ZERO_TO_TEN): string {
  const lines = scale.ticks.map(tick => `<path d="M${decimal(along(tick, scale))} 0V36"/>`).join('');
  const body = `<g class="grid" stroke="${RULE}" stroke-width="0.7">${lines}</g>`;
  return svg(DOTS.width, 36, body).replace('<svg ', '<svg preserveAspectRatio="none" ');
}

/** The scale's numbers, for the head of the column of paired dots. */
export function scaleMarks(scale: Scale = ZERO_TO_TEN, tall = false): string {
  const [height, y, size] = tall ? [24, 18, 18] as const : [18, 10, 11] as const;
  const marks = scale.ticks
    .map(tick => `<text x="${decimal(along(tick, scale))}" y="${y}">${decimal(tick)}</text>`)
    .join('');
  const body = `<g class="scale" fill="${INK}" font-size="${size}" text-anchor="middle">${marks}</g>`;
  return svg(DOTS.width, height, body);
}

/** One small line chart with its title, band, both raters and the newest rating of the person. */
export function ladderOverTime(panel: Panel, axis: Axis, scale: Scale = ZERO_TO_TEN): string {
  return svg(PANEL.width, PANEL.height, drawPanel(panel, axis, scale));
}

/** The small line charts of all ladders on one scale, four a row; fewer a row are drawn larger. */
export function laddersOverTime(
  panels: readonly Panel[],
  axis: Axis,
  scale: Scale = ZERO_TO_TEN,
  inARow: number = PANEL.inARow,
): string {
  const rows = Math.ceil(panels.length / inARow);
  const body = panels.map((panel, i) => {
    const x = (i % inARow) * PANEL.width;
    const y = Math.floor(i / inARow) * PANEL.height;
    return `<g transform="translate(${x} ${y})">${drawPanel(panel, axis, scale)}</g>`;
  });
  return svg(inARow * PANEL.width, rows * PANEL.height, body.join(''));
}

/** A number with at most one decimal, halves up: the same digits in both languages. */
function decimal(value: number): string {
  const tenths = Math.floor(value * 10 + 0.5);
  const size = Math.abs(tenths);
  const rest = size % 10;
  return `${tenths < 0 ? '-' : ''}${Math.floor(size / 10)}${rest ? `.${rest}` : ''}`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, sign => ENTITIES[sign] ?? sign);
}

function svg(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
    + ` font-family="Liberation Sans, Arial, sans-serif">${body}</svg>`;
}

function along(value: number, scale: Scale): number {
  return DOTS.left + (DOTS.span * (value - scale.low)) / (scale.high - scale.low);
}

function down(value: number, scale: Scale): number {
  return PLOT.top + PLOT.height - (PLOT.height * (value - scale.low)) / (scale.high - scale.low);
}

function across(day: number, axis: Axis): number {
  const start = axis.days[0] ?? 0;
  const span = Math.max(axis.days.at(-1) ?? 0, axis.due ?? 0) - start;
  return PLOT.left + PLOT.inset + (span ? ((PLOT.width - 2 * PLOT.inset) * (day - start)) / span : 0);
}

/** A disc for the person, a square for the worker; hollow where it only says where they began. */
function dot(hand: Hand, x: number, y: number, half: number, name: 'began' | 'now'): string {
  const hollow = name === 'began' ? ' fill="#fff"' : '';
  if (hand.name === 'person') {
    return `<circle class="${name}" cx="${decimal(x)}" cy="${decimal(y)}" r="${decimal(half)}"${hollow}/>`;
  }
  const side = decimal(2 * half);
  return `<rect class="${name}" x="${decimal(x - half)}" y="${decimal(y - half)}"`
    + ` width="${side}" height="${side}"${hollow}/>`;
}

/** One rater's pair. Not moved: the dot sits inside its ring. Answered once only: that mark stands alone. */
function pair(hand: Hand, track: Track, scale: Scale, y: number, size: number): string {
  const began = track.began === null ? null : along(track.began, scale);
  const now = track.now === null ? null : along(track.now, scale);
  const still = began !== null && began === now;
  let marks = '';
  if (began !== null && now !== null && !still) {
    const [width, name] = track.sure ? [hand.sureSpan, 'span sure'] as const : [hand.span, 'span'] as const;
    marks += `<path class="${name}" d="M${decimal(began)} ${decimal(y)}H${decimal(now)}"`
      + ` stroke-width="${decimal(width * size)}"/>`;
  }
  if (began !== null) marks += dot(hand, began, y, (still ? 6.2 : 4.6) * size, 'began');
  if (now !== null) marks += dot(hand, now, y, (still ? 2.4 : 4.9) * size, 'now');
  return group(hand, marks);
}

function group(hand: Hand, body: string): string {
  return `<g class="${hand.name}" fill="${hand.colour}" stroke="${hand.colour}"`
    + ` stroke-width="${decimal(hand.outline)}">${body}</g>`;
}

function drawPanel(panel: Panel, axis: Axis, scale: Scale): string {
  return heading(panel) + ground(panel.band, scale) + ends(axis)
    + line(WORKER, panel.worker, axis, scale) + line(PERSON, panel.person, axis, scale) + newest(panel.person, scale);
}

function heading(panel: Panel): string {
  const signs = [...panel.title];
  const title = signs.length <= PANEL.longestTitle
    ? panel.title
    : `${signs.slice(0, PANEL.longestTitle - 1).join('')}…`;
  const said = panel.said
    ? `<text class="said" x="${PLOT.left}" y="29" font-size="11.5" fill="${TEAL}">${escape(panel.said)}</text>`
    : '';
  return `<text class="title" x="${PLOT.left}" y="14" font-size="12.5" font-weight="bold" fill="${INK}">`
    + `${escape(title)}</text>${said}`;
}

/** The band, three gridlines with their numbers, and those edges of the band that lie inside the scale. */
function ground(band: Panel['band'], scale: Scale): string {
  const level = (value: number) => `<path d="M${PLOT.left} ${decimal(down(value, scale))}h${PLOT.width}"/>`;
  let shade = '';
  let edges = '';
  if (band) {
    const top = down(Math.min(band[1], scale.high), scale);
    const low = down(Math.max(band[0], scale.low), scale);
    shade = `<rect class="band" x="${PLOT.left}" y="${decimal(top)}" width="${PLOT.width}"`
      + ` height="${decimal(low - top)}" fill="${BAND}"/>`;
    const dashes = band.filter(edge => scale.low < edge && edge < scale.high).map(level).join('');
    edges = `<g class="edge" stroke="${GREY}" stroke-width="0.8" stroke-dasharray="2 2">${dashes}</g>`;
  }
  const thirds = [scale.low, (scale.low + scale.high) / 2, scale.high];
  const numbers = thirds
    .map(value => `<text x="${PLOT.left - 5}" y="${decimal(down(value, scale) + 4)}">${decimal(value)}</text>`)
    .join('');
  return `${shade}<g class="grid" stroke="${RULE}" stroke-width="0.7">${thirds.map(level).join('')}</g>${edges}`
    + `<g class="scale" fill="${GREY}" font-size="11.5" text-anchor="end">${numbers}</g>`;
}

/** The words under both ends, and a dotted line where the next review is due. */
function ends(axis: Axis): string {
  const y = PLOT.top + PLOT.height + 15;
  const due = axis.due === null || axis.due === undefined
    ? ''
    : `<path class="due" d="M${decimal(across(axis.due, axis))} ${PLOT.top}v${PLOT.height}"`
      + ` stroke="${GREY}" stroke-dasharray="1 3"/>`;
  return `${due}<g class="ends" fill="${GREY}" font-size="11.5"><text x="${PLOT.left}" y="${y}">${escape(axis.first)}`
    + `</text><text x="${PLOT.left + PLOT.width}" y="${y}" text-anchor="end">${escape(axis.last)}</text></g>`;
}

/** One rater's line: it breaks where an answer was not given; the newest sitting's mark is solid and larger. */
function line(hand: Hand, ratings: readonly (number | null)[], axis: Axis, scale: Scale): string {
  const runs: string[][] = [[]];
  let marks = '';
  axis.days.forEach((day, i) => {
    const rating = ratings[i] ?? null;
    if (rating === null) {
      runs.push([]);
      return;
    }
    const isNewest = i === axis.days.length - 1;
    const [x, y] = [across(day, axis), down(rating, scale)];
    runs.at(-1)?.push(`${decimal(x)},${decimal(y)}`);
    marks += dot(hand, x, y, isNewest ? hand.newestPoint : hand.point, isNewest ? 'now' : 'began');
  });
  const lines = runs
    .filter(run => run.length > 1)
    .map(run => `<polyline points="${run.join(' ')}" fill="none" stroke-width="${decimal(hand.line)}"${hand.dashes}/>`)
    .join('');
  return group(hand, lines + marks);
}

/** The person's newest rating as a number, right of the plot. */
function newest(ratings: readonly (number | null)[], scale: Scale): string {
  const rating = ratings.at(-1) ?? null;
  if (rating === null) return '';
  return `<text class="newest" x="${PLOT.left + PLOT.width + 4}" y="${decimal(down(rating, scale) + 4)}"`
    + ` font-size="12.5" font-weight="bold" fill="${TEAL}">${decimal(rating)}</text>`;
}
