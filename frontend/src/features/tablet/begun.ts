import type { DraftMark } from '../../store/drafts';

const FORMS = ['contact', 'session', 'milestone', 'employment', 'end', 'plan', 'rate', 'start'] as const;

/** A form that can be gone on with. */
export interface Begun extends DraftMark {
  form: (typeof FORMS)[number];
  enrolmentId: string;
  href: string;
  name: string;
}

/** Where a draft is gone on with: `<form>:<enrolment>`, with a third part where it corrects something. */
export function beganAt(mark: DraftMark): Omit<Begun, 'name'> | null {
  const [name = '', enrolmentId = '', corrects] = mark.key.split(':');
  const form = FORMS.find(one => one === (name === 'milestone-proofs' ? 'milestone' : name));
  if (!form || !enrolmentId || corrects || name !== form) return null;
  return { ...mark, form, enrolmentId, href: `/people/${enrolmentId}/${form}` };
}
