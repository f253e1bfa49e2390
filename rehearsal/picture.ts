import { dayOf, shownAs, upOn } from './render.ts';
import type { Report, RunReport, WorkloadReport } from './report.ts';

const ROW = 15;
const LEFT = 86;
const HOUR = 30;
const WIDTH = LEFT + 24 * HOUR + 20;
const TOP = 58;

/** Colours that hold their own on white and on black. */
const COLOURS: Record<string, string> = {
  succeeded: '#2da44e',
  running: '#1f9ede',
  failed: '#e5534b',
  'timed-out': '#c93cbc',
  aborted: '#e08e0b',
  skipped: '#8b949e',
};
const UP = '#8ec7a0';

const STYLE = `
  text { font: 11px ui-monospace, SFMono-Regular, Menlo, monospace; fill: #1f2328 }
  .dim { fill: #656d76 } .strong { font-weight: 600; font-size: 13px } .line { stroke: #d0d7de; stroke-width: 1 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .dim { fill: #8d96a0 } .line { stroke: #30363d } }`;

/**
 * A rehearsal as an SVG: a row a day, each run from its start to its stop.
 *
 * @returns the text of one self-contained file
 */
export function picture(report: Report): string {
  const parts: string[] = [];
  let y = 22;
  const say = (text: string, kind = '', x = 10) =>
    parts.push(`<text x="${x}" y="${y}" class="${kind}">${escaped(text)}</text>`);
  say(`Stage ${report.stage}, ${report.from.slice(0, 10)} to ${report.to.slice(0, 10)}`, 'strong');
  y += 18;
  say(report.scenario, 'dim');
  y = TOP;
  for (const [name, workload] of Object.entries(report.workloads)) {
    y = timeline(parts, name, workload, report, y + 22);
    y += 20;
    say(`${workload.runs.length} runs, ${workload.onHours.toFixed(1)} hours on: ${costs(workload)}`, '', LEFT);
  }
  y += 18;
  const { violations, notices, control } = report;
  say(
    `${notices.length} notices, control plane $${control.monthlyCost} a month, ${violations.length} violations of the laws`,
    '',
    LEFT,
  );
  const body = parts.join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 16}" width="${WIDTH}" height="${y + 16}" role="img">\n<title>${escaped(report.scenario)}</title>\n<style>${STYLE}</style>\n${body}\n</svg>\n`;
}

function costs({ kind, cost }: WorkloadReport): string {
  if (cost.unknown) return cost.unknown;
  return `$${cost.actual} instead of $${cost.alwaysOn} always on${kind === 'batch' ? ', storage included' : ''}`;
}

function timeline(
  parts: string[],
  name: string,
  { runs, up }: WorkloadReport,
  { from, to }: Report,
  top: number,
): number {
  parts.push(`<text x="10" y="${top}" class="strong">${escaped(name)}</text>`);
  let x = LEFT + 90;
  for (const [status, colour] of Object.entries({ ...COLOURS, ...(up && { up: UP }) })) {
    parts.push(
      `<rect x="${x}" y="${top - 9}" width="10" height="10" rx="2" fill="${colour}"/><text x="${x + 14}" y="${top}" class="dim">${status}</text>`,
    );
    x += up ? 90 : 100;
  }
  const first = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  const days = Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - first) / 86_400_000);
  const start = top + 28;
  for (let hour = 0; hour <= 24; hour += 3) {
    const at = LEFT + hour * HOUR;
    parts.push(`<text x="${at - 6}" y="${top + 18}" class="dim">${String(hour).padStart(2, '0')}</text>`);
    parts.push(`<line x1="${at}" x2="${at}" y1="${start - 4}" y2="${start + days * ROW}" class="line"/>`);
  }
  for (let day = 0; day < days; day++) {
    const date = new Date(first + day * 86_400_000);
    const y = start + day * ROW;
    parts.push(
      `<text x="10" y="${y + 9}" class="dim">${date.toUTCString().slice(0, 3)} ${date.toISOString().slice(5, 10)}</text>`,
    );
    for (const time of upOn(date.toISOString().slice(0, 10), up)) {
      const [x1, width] = [LEFT + time.from * 24 * HOUR, (time.to - time.from) * 24 * HOUR];
      parts.push(
        `<rect x="${x1.toFixed(1)}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 10}" fill="${UP}"><title>up</title></rect>`,
      );
    }
    for (const run of runs) if (dayOf(run) === date.toISOString().slice(0, 10)) parts.push(bar(run, y));
  }
  return start + days * ROW;
}

function bar(run: RunReport, y: number): string {
  const { key, status, reason, scheduledFor, startedAt, endedAt } = run;
  const begin = hourOf(startedAt ?? scheduledFor);
  const end = endedAt && endedAt.slice(0, 10) === dayOf(run) ? hourOf(endedAt) : endedAt ? 24 : begin;
  const isOff = shownAs(run) === 'skipped';
  const width = Math.max(3, (isOff ? 0 : end - begin) * HOUR);
  const what = escaped(`${key} ${status}${reason ? `: ${reason}` : ''}`);
  return `<rect x="${(LEFT + begin * HOUR).toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 4}" rx="2" fill="${COLOURS[shownAs(run)] ?? '#8b949e'}"><title>${what}</title></rect>`;
}

function hourOf(time: string): number {
  return Number(time.slice(11, 13)) + Number(time.slice(14, 16)) / 60;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
