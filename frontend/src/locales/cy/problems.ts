import type en from '../en/problems';
import type { Translated } from './translated';

/** What the app says for a code from the server, and for an answer that never came. Each says what to do next. */
export default {
  offline: 'Does dim cysylltiad. Rhowch gynnig arall arni pan fydd un.',
  'signed-out': 'Rydych chi wedi allgofnodi. Mewngofnodwch, yna rhowch gynnig arall arni.',
  'sign-in': 'Mewngofnodi',
  'link-spent': 'Mae’r ddolen hon wedi’i defnyddio, neu mae’n hŷn na 24 awr. Gofynnwch i’ch gweinyddwr am un newydd.',
  'not-found': 'Nid yw yma, neu nid yw i chi ei weld. Ewch yn ôl a dewiswch un arall.',
  'not-allowed': 'Nid yw eich rôl chi’n gwneud hyn. Gofynnwch i’ch gweinyddwr pwy sy’n ei wneud.',
  conflict: 'Mae rhywun wedi newid hyn yn y cyfamser. Edrychwch arno eto, yna penderfynwch.',
  invalid: 'Ni ellir defnyddio rhywbeth yma fel y mae. Edrychwch ar yr hyn sydd wedi’i farcio.',
  'too-many-tries': 'Gormod o gynigion. Arhoswch funud, yna rhowch gynnig arall arni.',
  'payload-too-large': 'Mae hyn yn rhy fawr i’w anfon. Gwnewch ef yn llai, yna rhowch gynnig arall arni.',
  unexpected: 'Aeth rhywbeth o’i le ar ein hochr ni. Ni newidiwyd dim. Rhowch gynnig arall arni ymhen munud.',
  'come-back-later': 'Mae Waymark yn brysur neu’n cael ei gynnal a’i gadw. Ni newidiwyd dim. Rhowch gynnig arall arni ymhen munud.',
  'unreadable-answer': 'Ni ellid darllen yr ateb. Rhowch gynnig arall arni ymhen munud.',
} satisfies Translated<typeof en>;
