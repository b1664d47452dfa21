import { addDays, dayReached, type Day } from './dates';
import { t } from './i18n';
import type { FormError } from './problems';

export const OWNERS = ['participant', 'worker', 'adviser', 'other'] as const;
export const STEPS_MOST = 20;

export type Owner = (typeof OWNERS)[number];

/** One step of a plan: who does what by when. */
export interface StepDraft {
  key: string;
  words: string;
  owner: Owner;
  due_on: Day | '';
  done_on: Day | '';
}

/** What somebody and their worker agree to do, as a form holds it. */
export interface PlanDraft {
  goal: string;
  review_on: Day | '';
  steps: StepDraft[];
}

/** A plan is looked at again every four weeks. */
export const REVIEW_AFTER_DAYS = 28;
const STEP_AFTER_DAYS = 14;

/** A step to fill in: the person's own, due in a fortnight. */
export function newStep(): StepDraft {
  const key = `s-${crypto.randomUUID().slice(0, 8)}`;
  return { key, words: '', owner: 'participant', due_on: addDays(dayReached(), STEP_AFTER_DAYS), done_on: '' };
}

/** A plan to begin with: one step, looked at again in four weeks. */
export function emptyPlan(): PlanDraft {
  return { goal: '', review_on: addDays(dayReached(), REVIEW_AFTER_DAYS), steps: [newStep()] };
}

/** What is wrong with a plan, in words that say what to do. An empty step beside others is left out, not wrong. */
export function planErrors(plan: PlanDraft): FormError[] {
  const errors: FormError[] = [];
  if (plan.goal.trim() === '') errors.push({ field: 'goal', message: t('plan.goal-missing') });
  const steps = filledSteps(plan);
  if (steps.length === 0) errors.push({ field: `words-${plan.steps[0]?.key ?? ''}`, message: t('plan.step-missing') });
  for (const step of steps) {
    if (step.due_on === '') errors.push({ field: `due-${step.key}`, message: t('plan.due-missing', { step: step.words.trim() }) });
  }
  if (plan.review_on === '') errors.push({ field: 'review_on', message: t('plan.review-missing') });
  return errors;
}

/** What a plan says on the wire, agreed on a day. */
export function planBody(plan: PlanDraft, agreedOn: Day): Record<string, unknown> {
  return {
    goal: plan.goal.trim(),
    review_on: plan.review_on,
    occurred_on: agreedOn,
    steps: filledSteps(plan).map(({ key, words, owner, due_on, done_on }) => ({
      key, words: words.trim(), owner, due_on, ...(done_on ? { done_on } : {}),
    })),
  };
}

/** Back from the wire into the form. */
export function planFrom(body: Record<string, unknown>): PlanDraft {
  const steps = (body['steps'] ?? []) as (Omit<StepDraft, 'done_on'> & { done_on?: Day | null })[];
  return {
    goal: String(body['goal'] ?? ''),
    review_on: String(body['review_on'] ?? ''),
    steps: steps.map(({ key, words, owner, due_on, done_on }) => ({ key, words, owner, due_on, done_on: done_on ?? '' })),
  };
}

/** The plan as it stands, to be agreed anew: looked at again four weeks from now, not on the day that is past. */
export function planAgain(body: Record<string, unknown>): PlanDraft {
  return { ...planFrom(body), review_on: addDays(dayReached(), REVIEW_AFTER_DAYS) };
}

function filledSteps(plan: PlanDraft): StepDraft[] {
  return plan.steps.filter(step => step.words.trim() !== '');
}
