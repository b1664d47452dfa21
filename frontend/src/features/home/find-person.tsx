import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { askFor } from '../../lib/asked-for';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { SearchInput, Tools } from '../../ui/inputs';

/** Search first: somebody is on the telephone, or at the desk. */
export function FindPerson() {
  const [wanted, setWanted] = useState('');
  const { route } = useLocation();
  const find = (event: Event) => {
    event.preventDefault();
    askFor(wanted);
    route('/people');
  };
  return (
    <form role="search" onSubmit={find}>
      <Tools>
        <SearchInput name="find" label={t('home.find')} value={wanted} onInput={setWanted} />
        <Button second type="submit">{t('home.find-them')}</Button>
      </Tools>
    </form>
  );
}
