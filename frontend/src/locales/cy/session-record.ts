import type en from '../en/session-record';
import type { Translated } from './translated';

/** A support session. */
export default {
  title: 'Cofnodi sesiwn gymorth',
  kind: 'Pa fath o gymorth?',
  'kind-one-to-one': 'Un i un',
  'kind-group': 'Mewn grŵp',
  'kind-workshop': 'Gweithdy neu gwrs',
  'kind-accompanied-visit': 'Mynd i rywle gyda’n gilydd',
  'kind-advocacy': 'Siarad ar ran y person',
  'kind-employer-engagement': 'Gwaith gyda chyflogwr',
  'kind-in-work-support': 'Cymorth mewn gwaith',
  'kind-specialist': 'Cymorth arbenigol',
  group: 'Faint o bobl ddaeth?',
  'group-hint': 'Pawb yn yr ystafell heblaw staff.',
  'group-missing': 'Rhowch faint o bobl ddaeth, fel 6',
  minutes: 'Am ba hyd?',
  'minutes-of': '{minutes} munud',
  'minutes-other': 'Arall',
  'other-minutes': 'Sawl munud?',
  'minutes-missing': 'Dewiswch faint o amser a gymerodd, neu rhowch y munudau, fel 40',
  day: 'Pryd?',
  'day-missing': 'Dewiswch y diwrnod y digwyddodd',
  note: 'Nodyn',
  words: '{kind}, {minutes} munud',
  submit: 'Cofnodi’r sesiwn',
  done: 'Sesiwn gymorth wedi’i chofnodi',
  another: 'Cofnodi sesiwn arall',
} satisfies Translated<typeof en>;
