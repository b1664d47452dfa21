import { addDays, dayReached, dayWords, today } from '../lib/dates';
import { t } from '../lib/i18n';
import { newStep, OWNERS, REVIEW_AFTER_DAYS, STEPS_MOST, type Owner, type PlanDraft, type StepDraft } from '../lib/plan-draft';
import type { FormError } from '../lib/problems';
import { Button, QuietButton } from './button';
import { DateInput } from './date-input';
import { errorAt } from './error-summary';
import { Select, TextArea, TextInput } from './inputs';

export interface PlanFieldsProps {
  plan: PlanDraft;
  /** What the person is called: whose steps are whose. */
  name: string;
  errors: readonly FormError[];
  onChange: (change: Partial<PlanDraft>) => void;
}

const AHEAD_DAYS = 730;

/** Goal, steps and the day to look again. A screen that shows it loads the words of `plan`. */
export function PlanFields({ plan, name, errors, onChange }: PlanFieldsProps) {
  const change = (key: string, part: Partial<StepDraft>) =>
    onChange({ steps: plan.steps.map(step => (step.key === key ? { ...step, ...part } : step)) });
  return (
    <>
      <TextArea
        name="goal"
        label={t('plan.goal', { name })}
        hint={t('plan.goal-hint')}
        rows={2}
        maxLength={4000}
        value={plan.goal}
        onInput={goal => onChange({ goal })}
        error={errorAt(errors, 'goal')}
      />
      <h2 class="plan__head">{t('plan.steps')}</h2>
      <ol class="plan">
        {plan.steps.map((step, place) => (
          <li key={step.key}>
            <Step
              step={step}
              place={place + 1}
              name={name}
              errors={errors}
              onChange={part => change(step.key, part)}
              onRemove={plan.steps.length > 1 ? () => onChange({ steps: plan.steps.filter(other => other !== step) }) : undefined}
            />
          </li>
        ))}
      </ol>
      {plan.steps.length < STEPS_MOST && (
        <p class="plan__more">
          <Button second icon="plus" onClick={() => onChange({ steps: [...plan.steps, newStep()] })}>{t('plan.add')}</Button>
        </p>
      )}
      <DateInput
        name="review_on"
        label={t('plan.review')}
        quick={false}
        min={dayReached()}
        max={addDays(dayReached(), REVIEW_AFTER_DAYS)}
        value={plan.review_on}
        onInput={review_on => onChange({ review_on })}
        error={errorAt(errors, 'review_on')}
      />
    </>
  );
}

interface StepProps {
  step: StepDraft;
  place: number;
  name: string;
  errors: readonly FormError[];
  onChange: (part: Partial<StepDraft>) => void;
  onRemove?: (() => void) | undefined;
}

function Step({ step, place, name, errors, onChange, onRemove }: StepProps) {
  const words = `words-${step.key}`;
  const due = `due-${step.key}`;
  return (
    <fieldset class={step.done_on ? 'plan__step is-done' : 'plan__step'}>
      <legend class="hidden">{t('plan.step-number', { place })}</legend>
      <TextInput
        name={words}
        label={t('plan.step', { place })}
        maxLength={500}
        value={step.words}
        onInput={value => onChange({ words: value })}
        error={errorAt(errors, words)}
      />
      <div class="side-by-side">
        <Select
          name={`owner-${step.key}`}
          label={t('plan.owner')}
          options={OWNERS.map(owner => ({ value: owner, label: t(`plan.owner-${owner}`, { name }) }))}
          value={step.owner}
          onInput={owner => onChange({ owner: owner as Owner })}
        />
        <DateInput
          name={due}
          label={t('plan.due')}
          quick={false}
          max={addDays(dayReached(), AHEAD_DAYS)}
          value={step.due_on}
          onInput={due_on => onChange({ due_on })}
          error={errorAt(errors, due)}
        />
      </div>
      <div class="acts">
        {step.done_on
          ? (
            <>
              <p class="plan__done">{t('plan.done-on', { day: dayWords(step.done_on) })}</p>
              <QuietButton onClick={() => onChange({ done_on: '' })} label={t('plan.not-done-label', { place })}>{t('plan.not-done')}</QuietButton>
            </>
          )
          : step.words.trim() !== '' && (
            <QuietButton onClick={() => onChange({ done_on: today() })} label={t('plan.mark-done-label', { place })}>{t('plan.mark-done')}</QuietButton>
          )}
        {onRemove && <QuietButton onClick={onRemove} label={t('plan.remove-label', { place })}>{t('plan.remove')}</QuietButton>}
      </div>
    </fieldset>
  );
}
