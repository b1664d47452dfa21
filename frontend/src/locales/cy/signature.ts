import type en from '../en/signature';
import type { Translated } from './translated';

/** Signing on the tablet. */
export default {
  sign: 'Llofnodi yma',
  hint: 'Wrth eich ochr: yn helpu, nid yw’n ddigon ar ei ben ei hun',
  title: '{name} yn llofnodi',
  says: '“Mae’r hyn sydd wedi’i ysgrifennu yma yn gywir, ac rwy’n cytuno ag ef.”',
  canvas: 'Tynnwch eich llofnod â bys, pen neu lygoden',
  clear: 'Clirio’r llofnod',
  'or-type': 'Neu, yn lle tynnu llofnod:',
  typed: 'Teipiwch eich enw',
  tick: 'Rwy’n dweud hynny: mae’r hyn sydd wedi’i ysgrifennu yma yn gywir',
  keep: 'Cadw’r llofnod',
  missing: 'Tynnwch lofnod, neu teipiwch yr enw a thiciwch y blwch',
  kept: 'Llofnod',
  'kept-typed': 'Cadarnhawyd drwy enw: {name}',
  remove: 'Tynnu’r llofnod ymaith',
  'note-typed': 'Teipiodd {name} yr enw hwn wrth ochr y gweithiwr a thicio: mae’r hyn sydd wedi’i ysgrifennu yma yn gywir.',
  'note-drawn': 'Llofnodwyd â llaw wrth ochr y gweithiwr.',
  words: 'llofnod',
  plan: 'Cytunwyd',
  'plan-lead': 'Gall {name} lofnodi’r cynllun yma. Mae’n mynd gyda’r cynllun.',
} satisfies Translated<typeof en>;
