import type { ComponentChildren } from 'preact';

/** A list with nothing in it: why that is, and what to do. */
export function EmptyState({ title, children, act }: { title: string; children?: ComponentChildren; act?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty__title">{title}</p>
      {children && <p>{children}</p>}
      {act && <div class="acts">{act}</div>}
    </div>
  );
}
