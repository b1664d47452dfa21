import type en from '../en/contact';
import type { Translated } from './translated';

/** A contact: ten seconds. */
export default {
  title: 'Cofnodi cyswllt',
  outcome: 'Beth ddigwyddodd?',
  'outcome-met': 'Wedi cyfarfod',
  'outcome-kept': 'Wedi dod yn ôl y trefniant',
  'outcome-tried': 'Wedi ceisio, dim ateb',
  'outcome-missed': 'Heb ddod',
  'outcome-moved': 'Wedi’i symud i amser arall',
  'outcome-planned': 'Wedi trefnu’r un nesaf',
  'outcome-missing': 'Dewiswch beth ddigwyddodd',
  channel: 'Sut?',
  'channel-in-person': 'Wyneb yn wyneb',
  'channel-telephone': 'Dros y ffôn',
  'channel-text': 'Drwy neges destun',
  'channel-video': 'Drwy fideo',
  'channel-email': 'Drwy e-bost',
  'channel-letter': 'Drwy lythyr',
  'channel-home-visit': 'Gartref',
  day: 'Pryd?',
  'day-missing': 'Dewiswch y diwrnod y digwyddodd',
  planned: 'Ar ba ddiwrnod?',
  'planned-missing': 'Dewiswch y diwrnod y mae wedi’i drefnu',
  time: 'Faint o’r gloch?',
  'time-missing': 'Dewiswch yr amser y mae wedi’i drefnu',
  note: 'Nodyn',
  submit: 'Cofnodi’r cyswllt',
  done: 'Cyswllt wedi’i gofnodi',
  another: 'Cofnodi cyswllt arall',
} satisfies Translated<typeof en>;
