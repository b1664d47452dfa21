/** The tabs of the main navigation, all roles. */
export default {
  today: 'Today',
  people: 'My people',
  'all-people': 'People',
  'needs-you': 'Needs you',
  verify: 'Verify',
  referrals: 'Referrals',
  claims: 'Claims',
  bench: 'Claims bench',
  statements: 'Statements',
  signals: 'Signals',
  assess: 'To assess',
  settings: 'Settings',
} as const;
