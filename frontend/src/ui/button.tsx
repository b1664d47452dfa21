import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

interface Look {
  /** Bordered and plain: every act but the page's one primary act. */
  second?: boolean;
  big?: boolean;
  /** Takes the room that is left in the sticky bar of a phone. */
  grow?: boolean;
  icon?: IconName;
  /** The key that does the same, shown on wide screens. */
  shortcut?: string;
  children: ComponentChildren;
}

function classes({ second, big, grow }: Look, more = ''): string {
  return ['button', second && 'button--second', big && 'button--big', grow && 'button--grow', more].filter(Boolean).join(' ');
}

function Inside({ icon, shortcut, children }: Look) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {shortcut && <kbd class="wide-only" aria-hidden="true">{shortcut}</kbd>}
    </>
  );
}

export interface ButtonProps extends Look {
  onClick?: (event: MouseEvent) => void;
  type?: 'button' | 'submit';
  /** The id of the form it submits, where it stands outside it (in the sticky bar). */
  form?: string;
  /** While it works: it stays where it is and in focus, and a second press does nothing. */
  busy?: boolean;
  disabled?: boolean;
  /** What it does, where its words alone do not say it: "Correct the contact of Tue 4 March". */
  label?: string;
  describedBy?: string;
}

/** An act. */
export function Button(props: ButtonProps) {
  const { onClick, type = 'button', form, busy = false, disabled, label, describedBy } = props;
  return (
    <button
      class={classes(props, busy ? 'is-busy' : '')}
      type={type}
      form={form}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-label={label}
      aria-describedby={describedBy}
      onClick={event => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <Inside {...props} />
    </button>
  );
}

export interface LinkButtonProps extends Look {
  href: string;
  label?: string;
  /** A file: the browser fetches it. */
  download?: boolean;
}

/** A link that looks like an act: it leads to the page where the act is done. */
export function LinkButton(props: LinkButtonProps) {
  return (
    <a class={classes(props)} href={props.href} aria-label={props.label} download={props.download}>
      <Inside {...props} />
    </a>
  );
}

export interface QuietButtonProps {
  onClick: (event: MouseEvent) => void;
  /** With whom or what, for who does not see the row: begins with the words shown. */
  label?: string;
  children: ComponentChildren;
}

/** A lesser act that looks like a link, as tall as a thumb. */
export function QuietButton({ onClick, label, children }: QuietButtonProps) {
  return <button class="quiet quiet--button" type="button" onClick={onClick} aria-label={label}>{children}</button>;
}

export interface ChipProps {
  pressed: boolean;
  onPress: () => void;
  children: ComponentChildren;
}

/** A filter that is on or off; put several into `<Chips>`. */
export function Chip({ pressed, onPress, children }: ChipProps) {
  return <button class="chip" type="button" aria-pressed={pressed} onClick={onPress}>{children}</button>;
}

/** A row of filters. */
export function Chips({ label, children }: { label: string; children: ComponentChildren }) {
  return <div class="chips" role="group" aria-label={label}>{children}</div>;
}
