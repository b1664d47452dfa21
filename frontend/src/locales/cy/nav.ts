import type en from '../en/nav';
import type { Translated } from './translated';

/** The tabs of the main navigation, all roles. */
export default {
  today: 'Heddiw',
  people: 'Fy mhobl',
  'all-people': 'Pobl',
  'needs-you': 'Angen eich sylw',
  verify: 'Dilysu',
  referrals: 'Atgyfeiriadau',
  claims: 'Hawliadau',
  bench: 'Desg hawliadau',
  statements: 'Datganiadau',
  signals: 'Arwyddion',
  assess: 'I’w asesu',
  settings: 'Gosodiadau',
} satisfies Translated<typeof en>;
