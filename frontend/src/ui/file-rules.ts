import { t } from '../lib/i18n';

/** What may be sent: photos and PDF. */
export const FILE_KINDS = ['image/jpeg', 'image/png', 'image/heic', 'image/heif', 'application/pdf'];
const LIMIT_MB = 15;

/** Why a file cannot be taken, in words; null where it can. Some devices give HEIC no type, so the ending counts too. */
export function fileRefusal(file: File): string | null {
  const known = FILE_KINDS.includes(file.type) || /\.(jpe?g|png|heic|heif|pdf)$/i.test(file.name);
  if (!known) return t('ui.file-kind', { name: file.name });
  return file.size > LIMIT_MB * 1024 * 1024 ? t('ui.file-too-large', { name: file.name, limit: LIMIT_MB }) : null;
}
