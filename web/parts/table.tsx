import type { ComponentChildren } from 'preact';
import './table.css';

export interface TableProps {
  /** Said to those who cannot see where it stands. */
  caption: string;
  head: string[];
  /** The first cell of a row names it. */
  rows: ComponentChildren[][];
}

/** Rows and columns; where it is too wide it is scrolled by itself, with the keyboard too. */
export function Table({ caption, head, rows }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard
    <section class="table" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="heard">{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name that only they have
            <tr key={row}>
              <th scope="row">{first}</th>
              {others.map((cell, column) => (
                <td key={head[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The same as a picture shows, to be opened by those who want numbers or cannot see the picture. */
export function AsTable({ summary, ...table }: TableProps & { summary: string }) {
  return (
    <details class="as-table">
      <summary>
        {summary}
        <span class="heard">: {table.caption}</span>
      </summary>
      <Table {...table} />
    </details>
  );
}
