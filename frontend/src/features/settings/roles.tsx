import type { Role } from '../../lib/feature';
import { phraseFor, t } from '../../lib/i18n';
import { Checkboxes } from '../../ui/choices';

/** The roles an administrator can give, in the order of the work. */
const GIVEN: readonly Role[] = [
  'worker', 'manager', 'adviser', 'claims-preparer', 'claims-approver', 'supply-chain', 'assessor', 'administrator',
];

/** Roles as a person would say them: "key worker, manager". */
export function rolesInWords(roles: readonly string[]): string {
  return roles.map(role => phraseFor('app', `role-${role}`) ?? role).join(', ');
}

export interface RoleFieldProps {
  roles: readonly string[];
  onInput: (roles: Role[]) => void;
  error?: string | undefined;
}

/** Which roles somebody holds, each with what it lets them do. */
export function RoleField({ roles, onInput, error }: RoleFieldProps) {
  return (
    <Checkboxes
      name="roles"
      label={t('settings.roles')}
      hint={t('settings.roles-hint')}
      error={error}
      values={roles}
      onInput={values => onInput(values as Role[])}
      options={GIVEN.map(role => ({
        value: role,
        label: phraseFor('app', `role-${role}`) ?? role,
        hint: phraseFor('settings', `role-${role}-does`) ?? '',
      }))}
    />
  );
}
