import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Report, rehearse } from '../../rehearsal/index.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { type Bench, median, type Row, round } from './bench.ts';

const EXAMPLE = 'examples/ec2-batch.yml';
/** With how many seconds by the clock each month may take: more where something runs every minute. */
export const EXAMPLES: Record<string, number> = {
  [EXAMPLE]: 10,
  'examples/environment-hours.yml': 10,
  'examples/daily-batch.yml': 10,
  'examples/external-monitoring.yml': 60,
  'examples/hybrid-queue-scaling.yml': 60,
};
/** For as many seconds each month is rehearsed again and again, and once at least. */
const ENOUGH = 20;
const FROM = '2026-11-01';
/** Months that a bench before has rehearsed already. */
const rehearsed = new Map<string, Report>();
/** Instances of an estate that have nothing to do on the days that are rehearsed. */
const IDLE = 20;
const WORKING_DAYS = 5;
/** A scheduler that ticks every five minutes asks at least once a tick for each instance that it manages. */
const TICKS_A_DAY = 288;

/** How long a month of each example takes, and what its control plane costs. */
export const rehearsal: Bench = {
  name: 'rehearsal',
  run: (progress) =>
    inFolder(async (folder) => {
      const rows: Row[] = [];
      for (const [file, seconds] of Object.entries(EXAMPLES)) {
        const months: Report[] = [];
        const example = packaged(file, join(folder, basename(file, '.yml')));
        for (const begun = performance.now(); months.length === 0 || performance.now() - begun < ENOUGH * 1000; ) {
          progress(`${file}, for the ${months.length + 1}. time`);
          months.push(await days(example, FROM, 30));
        }
        rehearsed.set(file, months.at(-1) as Report);
        rows.push(month(file, months, seconds));
      }
      return rows;
    }),
};

/** What an instance costs that is managed and to which nothing happens. */
export const idleInstances: Bench = {
  name: 'idle instances',
  run: (progress) =>
    inFolder(async (folder) => {
      progress(`${IDLE} of them`);
      const few = await days(packaged(EXAMPLE, join(folder, 'few')), '2026-11-02', WORKING_DAYS);
      const many = await days(packaged(withIdle(folder), join(folder, 'many')), '2026-11-02', WORKING_DAYS);
      return [idle(few, many)];
    }),
};

/** A month of an example; rehearsed unless it was already. */
export async function aMonth(file: string): Promise<Report> {
  return (
    rehearsed.get(file) ??
    (await inFolder((folder) => days(packaged(file, join(folder, basename(file, '.yml'))), FROM, 30)))
  );
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function month(file: string, reports: Report[], seconds: number): Row {
  return {
    what: `30 days of ${file}`,
    measured: {
      seconds: round(median(reports.map(({ wallSeconds }) => wallSeconds))),
      'control $ a month': reports[0]?.control.monthlyCost ?? Number.NaN,
      'calls a day': round(calls(reports[0]) / 30),
    },
    // Where something is watched each minute, its alarms and its checks are what is paid for.
    budget: { seconds, ...(seconds === 10 && { 'control $ a month': 1.5 }) },
  };
}

function idle(few: Report, many: Report): Row {
  const each = (calls(many) - calls(few)) / IDLE / WORKING_DAYS;
  return {
    what: 'an instance to which nothing happens',
    measured: { 'calls a day': round(each, 2), 'against a tick every 5 min': round(each / TICKS_A_DAY, 4) },
    budget: { 'against a tick every 5 min': 0.02 },
  };
}

function calls(report: Report | undefined): number {
  return Object.values(report?.control.apiCalls ?? {}).reduce((sum, count) => sum + count, 0);
}

/** The example with more instances, whose time is on Sundays. */
function withIdle(folder: string): string {
  const stage = parse(readFileSync(EXAMPLE, 'utf8'));
  const [workload] = Object.values(stage.workloads as Record<string, { instance: object }>);
  for (let index = 0; index < IDLE; index++) {
    const id = `i-${(0xaaaaaaaa + index).toString(16)}`;
    stage.workloads[`idle-${index}`] = { ...workload, instance: { ...workload?.instance, id }, days: ['sun'] };
  }
  const file = join(folder, 'idle.yml');
  writeFileSync(file, stringify(stage));
  return file;
}

export function packaged(
  file: string,
  folder: string,
): Pick<Parameters<typeof rehearse>[0], 'template' | 'stage' | 'stageFile' | 'root'> {
  execFileSync('sls', ['package', '--stage', 'dev', '--param', `stageFile=${file}`, '--package', folder], {
    stdio: 'ignore',
  });
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const template = read('cloudformation-template-update-stack.json');
  return { template, stage: read('stage.json'), stageFile: join(folder, 'stage.json'), root: process.cwd() };
}

function days(ready: ReturnType<typeof packaged>, from: string, count: number): Promise<Report> {
  return rehearse({ ...ready, scenario: parseScenario({}), from, days: count, seed: 1 });
}
