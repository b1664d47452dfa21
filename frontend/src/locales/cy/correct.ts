import type en from '../en/correct';
import type { Translated } from './translated';

/** Correcting and withdrawing a record. */
export default {
  title: 'Cywiro cofnod',
  missing: 'Nid yw’r cofnod hwn ar y ddyfais hon, neu nid chi sydd i’w gywiro. Agorwch y daith a’i ddewis yno.',
  record: 'Y cofnod hwn',
  of: '{words}, {day}',
  'withdraw-title': 'Tynnu cofnod yn ôl',
  'withdraw-lead': 'Ar gyfer yr hyn na ddylai fod yno o gwbl: y person anghywir, neu wedi’i gofnodi ddwywaith. Gwell cywiro’r hyn sydd ychydig yn anghywir.',
  reason: 'Pam rydych chi’n ei dynnu’n ôl?',
  'reason-missing': 'Dywedwch mewn ychydig eiriau pam rydych chi’n ei dynnu’n ôl',
  withdraw: 'Tynnu’n ôl',
  question: 'Tynnu hwn yn ôl: {words}?',
  then: 'Nid yw’n cyfrif at ddim mwyach. Mae modd ei ddarllen yn yr hanes o hyd, gyda’ch rheswm.',
  withdrawn: 'Cofnod wedi’i dynnu’n ôl',
  words: '{name}: {words}, wedi’i dynnu’n ôl',
} satisfies Translated<typeof en>;
