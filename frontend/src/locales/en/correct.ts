/** Correcting and withdrawing a record. */
export default {
  title: 'Correct a record',
  missing: 'This record is not on this device, or not yours to correct. Open the journey and choose it there.',
  record: 'This record',
  of: '{words}, {day}',
  'withdraw-title': 'Withdraw a record',
  'withdraw-lead': 'For what should not be there at all: the wrong person, or recorded twice. What is only a little wrong is better corrected.',
  reason: 'Why do you withdraw it?',
  'reason-missing': 'Say in a few words why you withdraw it',
  withdraw: 'Withdraw',
  question: 'Withdraw this: {words}?',
  then: 'It no longer counts for anything. It stays readable in the history, with your reason.',
  withdrawn: 'Record withdrawn',
  words: '{name}: {words} withdrawn',
} as const;
