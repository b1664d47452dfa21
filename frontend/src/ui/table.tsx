import type { ComponentChildren } from 'preact';

export interface Column<Item> {
  label: string;
  cell: (item: Item) => ComponentChildren;
  /** Right-aligned: amounts and counts. */
  numeric?: boolean;
}

export interface TableProps<Item> {
  /** What it shows, how many and in which order. */
  caption: string;
  hideCaption?: boolean;
  /** The first column heads its row. */
  columns: readonly Column<Item>[];
  rows: readonly Item[];
  keyOf: (item: Item) => string;
  /** The last row: totals, one a column. */
  foot?: readonly ComponentChildren[];
}

/** A table that scrolls sideways by itself, by keyboard too, and never makes the page do so. */
export function Table<Item>({ caption, hideCaption, columns, rows, keyOf, foot }: TableProps<Item>) {
  const align = (column: Column<Item>) => (column.numeric ? 'num' : undefined);
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class={hideCaption ? 'hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>{columns.map(column => <th key={column.label} scope="col" class={align(column)}>{column.label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(item => (
            <tr key={keyOf(item)}>
              {columns.map((column, place) => place === 0
                ? <th key={column.label} scope="row">{column.cell(item)}</th>
                : <td key={column.label} class={align(column)}>{column.cell(item)}</td>)}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {foot.map((cell, place) => place === 0
                ? <th key={place} scope="row">{cell}</th>
                : <td key={place} class={columns[place]?.numeric ? 'num' : undefined}>{cell}</td>)}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
