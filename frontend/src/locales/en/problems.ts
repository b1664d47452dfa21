/** What the app says for a code from the server, and for an answer that never came. Each says what to do next. */
export default {
  offline: 'There is no connection. Try again when there is one.',
  'signed-out': 'You are signed out. Sign in, then try again.',
  'sign-in': 'Sign in',
  'link-spent': 'This link has been used, or is older than 24 hours. Ask your administrator for a new one.',
  'not-found': 'It is not here, or it is not yours to see. Go back and choose another.',
  'not-allowed': 'Your role does not do this. Ask your administrator who does.',
  conflict: 'Somebody changed this meanwhile. Look at it again, then decide.',
  invalid: 'Something here cannot be used as it is. Look at what is marked.',
  'too-many-tries': 'Too many tries. Wait a minute, then try again.',
  'payload-too-large': 'This is too large to send. Make it smaller, then try again.',
  unexpected: 'Something went wrong on our side. Nothing was changed. Try again in a minute.',
  'come-back-later': 'Waymark is busy or being looked after. Nothing was changed. Try again in a minute.',
  'unreadable-answer': 'The answer could not be read. Try again in a minute.',
} as const;
