import type en from '../en/employment';
import type { Translated } from './translated';

/** A spell of paid work. */
export default {
  title: 'Cofnodi gwaith',
  lead: 'Gwaith cyflogedig sydd wedi dechrau neu y cytunwyd arno. Cerrig milltir yw gwaith di-dâl a chyfnodau prawf.',
  kind: 'Pa fath o waith?',
  'kind-employed': 'Cyflogedig',
  'kind-self-employed': 'Hunangyflogedig',
  'kind-apprenticeship': 'Prentisiaeth',
  employer: 'Pwy yw’r cyflogwr?',
  business: 'Beth yw enw’r busnes?',
  'employer-missing': 'Rhowch yr enw',
  started: 'Diwrnod cyntaf y gwaith',
  'started-missing': 'Dewiswch ddiwrnod cyntaf y gwaith',
  hours: 'Oriau mewn wythnos arferol',
  'hours-hint': 'Er enghraifft 16 neu 22.5',
  'hours-missing': 'Rhowch yr oriau mewn wythnos arferol, fel 16',
  'ended-question': 'Ydy’r gwaith wedi dod i ben?',
  'ended-yes': 'Mae’r gwaith hwn wedi dod i ben',
  ended: 'Diwrnod olaf y gwaith',
  'ended-missing': 'Dewiswch ddiwrnod olaf y gwaith',
  'ended-early': 'Ni all y diwrnod olaf fod cyn y cyntaf',
  note: 'Nodyn',
  proof: 'Gellir ychwanegu slipiau cyflog neu lythyr gan y cyflogwr wedyn.',
  words: 'gwaith gyda {employer}',
  submit: 'Cofnodi’r gwaith',
  done: 'Gwaith wedi’i gofnodi',
} satisfies Translated<typeof en>;
