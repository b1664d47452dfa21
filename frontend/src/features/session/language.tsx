import { language, LANGUAGES, t, type Language } from '../../lib/i18n';
import { switchLanguage } from '../../store/language';
import { Radios } from '../../ui/choices';
import { QuietButton } from '../../ui/button';
import { Section } from '../../ui/page';

/** Each language by its own name, whichever is spoken now. */
const NAMES: Record<Language, string> = { en: 'English', cy: 'Cymraeg' };

/** Before signing in: the way to the other language, in its own words. */
export function LanguageLink() {
  const other = language.value === 'en' ? 'cy' : 'en';
  return (
    <p class="after-form">
      <QuietButton onClick={() => void switchLanguage(other)}><span lang={other}>{NAMES[other]}</span></QuietButton>
    </p>
  );
}

/** The account's language: chosen, and spoken at once. */
export function LanguageChoice() {
  return (
    <Section title={t('session.language-title')}>
      <Radios
        name="language"
        label={t('session.language-title')}
        hint={t('session.language-hint')}
        hideLabel
        options={LANGUAGES.map(one => ({ value: one, label: <span lang={one}>{NAMES[one]}</span> }))}
        value={language.value}
        onInput={next => void switchLanguage(next as Language)}
      />
    </Section>
  );
}
