import type { ComponentChildren } from 'preact';

/** More for who wants it; print opens nothing, so nothing that paper needs may hide here. */
export function Details({ summary, open, children }: { summary: ComponentChildren; open?: boolean; children: ComponentChildren }) {
  return <details open={open}><summary>{summary}</summary>{children}</details>;
}
