import type en from '../en/end';
import type { Translated } from './translated';

/** The end of somebody's support. */
export default {
  title: 'Diwedd y cymorth',
  lead: 'Mae modd darllen y daith o hyd. Nid oes dim a gofnodwyd yn cael ei golli.',
  why: 'Pam mae’n dod i ben?',
  'why-completed': 'Wedi cwblhau’r rhaglen',
  'why-work': 'Wedi dechrau gweithio',
  'why-education': 'Wedi dechrau cwrs',
  'why-other-support': 'Mae cymorth arall yn fwy addas',
  'why-chose-to-leave': 'Wedi dewis gadael',
  'why-no-contact': 'Wedi colli cysylltiad',
  'why-moved-away': 'Wedi symud i ffwrdd',
  'why-health': 'Iechyd',
  'why-died': 'Wedi marw',
  'why-missing': 'Dewiswch pam mae’n dod i ben',
  day: 'Diwrnod olaf y cymorth',
  'day-missing': 'Dewiswch ddiwrnod olaf y cymorth',
  note: 'Nodyn',
  then: 'Os hoffai’r person, graddiwch gyda’ch gilydd unwaith eto cyn i chi ei orffen.',
  words: 'y cymorth wedi dod i ben, {why}',
  submit: 'Gorffen y cymorth',
  done: 'Diwedd y cymorth wedi’i gofnodi',
} satisfies Translated<typeof en>;
