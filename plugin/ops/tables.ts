import Table from 'cli-table3';

/** A table as `sls plan` draws it: no colours, so that it can be piped. */
export function table(head: string[], rows: string[][]): string {
  const drawn = new Table({ head, style: { head: [], border: [] } });
  drawn.push(...rows);
  return `${drawn.toString()}\n`;
}

export { shortTime as short } from '../../shared/time/short-time.ts';
