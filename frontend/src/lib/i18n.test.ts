import { afterEach, expect, test } from 'vitest';
import { dayWords, longDayWords, monthWords } from './dates';
import { chooseLanguage, language, lendLanguage, loadWords, numberForm, prepareLanguage, t, tIn } from './i18n';
import { problemWords } from './problems';

afterEach(() => chooseLanguage('en'));

test('Welsh counts as the Unicode rules do', () => {
  const rules = new Intl.PluralRules('cy');
  const numbers = [...Array(25).keys(), 36, 100, 103];
  expect(numbers.map(number => numberForm('cy', number))).toEqual(numbers.map(number => rules.select(number)));
});

test('long numbers are parted', async () => {
  await loadWords('signals');
  expect([9_999, 10_000].map(count => t('signals.frequency', { count }))).toEqual([
    'In a year, at most 1 honest team of 9999 would look like this.', 'In a year, at most 1 honest team of 10,000 would look like this.',
  ]);
});

test('a chosen language speaks: words, their forms by number, days and problems', async () => {
  await chooseLanguage('cy');
  expect([language.value, t('ui.back'), t('nav.people')]).toEqual(['cy', 'Yn ôl', 'Fy mhobl']);
  expect([1, 2, 3, 5].map(count => t('app.signed-out-waits', { count }))).toMatchObject([
    expect.stringContaining('1 cofnod'), expect.stringContaining('2 gofnod'), expect.stringContaining('3 chofnod'), expect.stringContaining('5 cofnod'),
  ]);
  expect(dayWords('2025-03-04', '2025-06-01')).toBe('Maw 4 Mawrth');
  expect([longDayWords('2025-03-04'), monthWords('2025-02')]).toEqual(['Dydd Mawrth 4 Mawrth', 'Chwefror 2025']);
  expect(problemWords({ title: '', status: 403, code: 'not-allowed', detail: '' })).toContain('Nid yw eich rôl');
});

test('a language is lent for a while and given back', async () => {
  await prepareLanguage('cy');
  const end = lendLanguage('cy');
  expect([t('ui.back'), tIn('en', 'ui.back')]).toEqual(['Yn ôl', 'Back']);
  end();
  expect(t('ui.back')).toBe('Back');
});

test('a language is lent when all its words are here, not when some are', async () => {
  await prepareLanguage('cy');
  const opening = loadWords('rate'); // the English ones only: nobody reads Welsh yet
  const end = lendLanguage('cy');
  expect([t('ui.back'), language.value]).toEqual(['Back', 'en']);
  await opening;
  await expect.poll(() => language.value).toBe('cy');
  expect(t('rate.together')).toBe(tIn('cy', 'rate.together'));
  expect(t('rate.together')).not.toBe(tIn('en', 'rate.together'));
  end();
});

test('a language that comes too late is not lent', async () => {
  void loadWords('verify');
  lendLanguage('cy')();
  await prepareLanguage('cy');
  expect(language.value).toBe('en');
});

test('a screen that opens while the language is being chosen speaks it too', async () => {
  await Promise.all([chooseLanguage('cy'), loadWords('signals')]);
  expect(t('signals.title')).toBe(tIn('cy', 'signals.title'));
  expect(t('signals.title')).not.toBe(tIn('en', 'signals.title'));
});
