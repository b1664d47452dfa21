/**
 * Days and moments as people in Britain say them, in the language now spoken. A day is a London day, `YYYY-MM-DD`; a
 * moment is ISO 8601 in UTC.
 */
import { signal } from '@preact/signals';
import { language, type Language } from './i18n';

export type Day = string;
export type Moment = string;

const LONDON = 'Europe/London';
const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

interface Calendar {
  months: readonly string[];
  shortMonths: readonly string[];
  weekdays: readonly string[];
  shortWeekdays: readonly string[];
}

/** Written out: not every browser holds Welsh, and none shortens as people here do. Weeks begin on Sunday. */
const CALENDARS: Record<Language, Calendar> = {
  en: {
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    shortMonths: ['Jan', 'Feb', 'March', 'April', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
    weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    shortWeekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  },
  cy: {
    months: ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'],
    shortMonths: ['Ion', 'Chwef', 'Mawrth', 'Ebrill', 'Mai', 'Meh', 'Gorff', 'Awst', 'Medi', 'Hyd', 'Tach', 'Rhag'],
    weekdays: ['Dydd Sul', 'Dydd Llun', 'Dydd Mawrth', 'Dydd Mercher', 'Dydd Iau', 'Dydd Gwener', 'Dydd Sadwrn'],
    shortWeekdays: ['Sul', 'Llun', 'Maw', 'Mer', 'Iau', 'Gwe', 'Sad'],
  },
};

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: LONDON, year: 'numeric', month: '2-digit', day: '2-digit' });
const londonTime = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A broken clock shows any year. Within these a day is written with four digits, and the server reckons with it. */
const EARLIEST_MS = Date.UTC(1969, 11, 31);
const LATEST_MS = Date.UTC(2090, 0, 1);
/** 28 years: days of the week and leap years fall alike. */
const SPAN_MS = 10_227 * MS_PER_DAY;

/** A moment that days can be reckoned from: one beyond all reach is moved by whole spans, as the server does, too. */
function inReach(moment: Date | Moment): Date {
  const ms = new Date(moment).getTime();
  if (ms >= LATEST_MS) return new Date(ms - SPAN_MS * (Math.floor((ms - LATEST_MS) / SPAN_MS) + 1));
  return new Date(ms < EARLIEST_MS ? ms - SPAN_MS * Math.floor((ms - EARLIEST_MS) / SPAN_MS) : ms);
}

/** The London day on which a moment falls. */
export function dayOf(moment: Date | Moment): Day {
  return londonDay.format(inReach(moment));
}

let lastMinute = -1;
let lastDay: Day = '';

/** Today in London: asked for at every day that is said, so it is worked out once a minute. */
export function today(): Day {
  const minute = Math.floor(Date.now() / MS_PER_MINUTE);
  if (minute !== lastMinute) [lastMinute, lastDay] = [minute, dayOf(new Date())];
  return lastDay;
}

/** The last day that the server said it was; it has surely come, whatever this device's clock says. */
const toldDay = signal<Day>('');
/** How long one records without hearing from the server. */
const UNHEARD_DAYS = 14;

/** The server said what day it is. Days it said once do not become earlier. */
export function noteDay(day: Day): void {
  if (day > toldDay.value) toldDay.value = day;
}

/** Whether this device's clock lies a day or more behind what the server had said already. */
export function isClockBehind(): boolean {
  return today() < toldDay.value;
}

/** The day that has surely come: today, or where the clock lies behind, the day that the server said last. */
export function dayReached(): Day {
  return isClockBehind() ? toldDay.value : today();
}

/** The latest day that a record may name: today, or where the clock lies behind, any that it may be in truth. */
export function latestDay(): Day {
  return isClockBehind() ? addDays(toldDay.value, UNHEARD_DAYS) : today();
}

/** The day so many days later (or, negative, earlier). */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** How many days from one day to another; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY);
}

/** "Tue 4 March" ("Maw 4 Mawrth"); with the year when that is not this year: "Tue 4 March 2025". */
export function dayWords(day: Day, now: Day = today()): string {
  const { shortMonths, shortWeekdays } = CALENDARS[language.value];
  const date = new Date(`${day}T00:00:00Z`);
  const words = `${shortWeekdays[date.getUTCDay()]} ${date.getUTCDate()} ${shortMonths[date.getUTCMonth()]}`;
  return day.slice(0, 4) === now.slice(0, 4) ? words : `${words} ${day.slice(0, 4)}`;
}

/** The day of a page's title: "Tuesday 4 March". */
export function longDayWords(day: Day): string {
  const { months, weekdays } = CALENDARS[language.value];
  const date = new Date(`${day}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** "February 2025" of a month given by its first day or as `YYYY-MM`. */
export function monthWords(month: string): string {
  return `${CALENDARS[language.value].months[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** "08:52" in London. */
export function timeWords(moment: Date | Moment): string {
  return londonTime.format(inReach(moment));
}

/** "Tue 4 March, 10:04". */
export function momentWords(moment: Date | Moment, now: Day = today()): string {
  return `${dayWords(dayOf(moment), now)}, ${timeWords(moment)}`;
}

/** The moment of a day and a time ("10:30") by the clocks of London. */
export function momentAt(day: Day, time: string): Moment {
  const guess = Date.parse(`${day}T${time}:00Z`);
  const shown = Date.parse(`${dayOf(new Date(guess))}T${timeWords(new Date(guess))}:00Z`);
  return new Date(2 * guess - shown).toISOString();
}
