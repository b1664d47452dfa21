import { useLocation, useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { usePerson } from '../../store/person';
import { localRecord } from '../../sync/recording';
import { RecordPage } from '../../ui/record-page';

/** Which form corrects which kind of record; what is missing here can only be taken back and recorded anew. */
const FORMS: Record<string, string> = {
  contact: 'contact', intervention: 'session', milestone: 'milestone', employment: 'employment', 'action-plan': 'plan', end: 'end',
};

/** Leads from a record to the form it was made with, filled with what it says. */
export default function Correct() {
  const { params } = useRoute();
  const { route } = useLocation();
  const [enrolmentId, recordId] = [params['id'] ?? '', params['recordId'] ?? ''];
  const { person, failure } = usePerson(enrolmentId);
  const local = localRecord(recordId);
  const kind = local?.action ?? person?.records.find(record => record.id === recordId)?.kind;
  const form = kind === undefined ? undefined : FORMS[kind];
  useEffect(() => {
    if (kind === undefined) return;
    const way = local?.state === 'needs' ? 'replaces' : 'corrects';
    route(form ? `/people/${enrolmentId}/${form}?${way}=${recordId}` : `/people/${enrolmentId}/records/${recordId}/withdraw`, true);
  }, [kind, form]);
  const missing = person && kind === undefined ? t('correct.missing') : null;
  return <RecordPage title={t('correct.title')} person={missing ? null : person} failure={failure ?? missing} />;
}
