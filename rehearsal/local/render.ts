import type { LocalReport, LocalRun } from './report.ts';

/** The report for a terminal: each run with its steps, then what people would have been told. */
export function renderLocal({ runs, notices }: LocalReport): string {
  const told = notices.map(({ severity, title, lines }) => [
    `${severity}: ${title}`,
    ...lines.map((line) => `  ${line}`),
  ]);
  return `${[...runs.map(ofRun), ...told.map((lines) => lines.join('\n'))].join('\n\n')}\n`;
}

function ofRun({ workload, key, status, reason, steps }: LocalRun): string {
  const width = Math.max(0, ...steps.map(({ name }) => name.length));
  const lines = steps.map(({ name, status: how, seconds, tries, numbers = {}, reason: why }) => {
    const facts = [
      how,
      seconds !== undefined && `${seconds} s`,
      tries !== undefined && tries > 1 && `${tries} tries`,
      ...Object.entries(numbers).map(([metric, value]) => `${metric}=${value}`),
      why,
    ];
    return `  ${name.padEnd(width)}  ${facts.filter(Boolean).join('  ')}`;
  });
  return [`${workload} ${key} ${status}${reason ? `: ${reason}` : ''}`, ...lines].join('\n');
}
