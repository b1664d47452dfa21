import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/i18n';
import { describedBy, Fieldset, type FieldLabels } from './field';
import { FILE_KINDS, fileRefusal } from './file-rules';
import { Icon } from './icon';


export interface FilePickerProps extends FieldLabels {
  files: readonly File[];
  onFiles: (files: File[]) => void;
  /** Told in words when a file cannot be taken; show it as the field's error. */
  onRefused: (words: string) => void;
  /** How many at most. */
  most?: number;
}

/** Photos from the camera, or files: a preview each, refused kindly before anything is sent. */
export function FilePicker(props: FilePickerProps) {
  const { name, files, onFiles, onRefused, most = 5 } = props;
  const take = (chosen: FileList | null) => {
    const fresh = Array.from(chosen ?? []);
    const refused = fresh.map(fileRefusal).find(words => words !== null);
    if (refused) onRefused(refused);
    const good = fresh.filter(file => fileRefusal(file) === null);
    if (good.length > 0) onFiles([...files, ...good].slice(0, most));
  };
  const input = (id: string, label: string, icon: 'camera' | 'file', capture: boolean) => (
    <div class="kind pick-file">
      <input
        class="pick-file__input"
        type="file"
        id={id}
        accept={capture ? 'image/*' : FILE_KINDS.join(',')}
        capture={capture ? 'environment' : undefined}
        multiple={!capture && most > 1}
        aria-describedby={describedBy(props)}
        onChange={event => {
          take(event.currentTarget.files);
          event.currentTarget.value = ''; // the same file may be chosen again after it was removed
        }}
      />
      <Icon name={icon} />
      <label for={id}>{label}</label>
    </div>
  );
  return (
    <Fieldset {...props}>
      {files.length > 0 && (
        <ul class="picked">
          {files.map(file => (
            <li key={`${file.name}-${file.lastModified}-${file.size}`}>
              <Preview file={file} />
              <span class="picked__name">{file.name}</span>
              <button class="quiet quiet--button" type="button" onClick={() => onFiles(files.filter(other => other !== file))}>
                {t('ui.remove-file', { name: file.name })}
              </button>
            </li>
          ))}
        </ul>
      )}
      {files.length < most && (
        <div class="kinds">
          {input(name, t('ui.take-photo'), 'camera', true)}
          {input(`${name}-file`, t('ui.choose-file'), 'file', false)}
        </div>
      )}
    </Fieldset>
  );
}

/** A small picture of a file, or the sign of one; all of it where its middle alone would say nothing. */
export function Preview({ file, isWhole = false }: { file: File; isWhole?: boolean }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  // Most browsers cannot draw HEIC: the sign of a file stands in.
  if (!url) return <span class="picked__sign"><Icon name="file" /></span>;
  return <img class={isWhole ? 'picked__image picked__image--whole' : 'picked__image'} src={url} alt={t('ui.preview-of', { name: file.name })} onError={() => setUrl(null)} />;
}
