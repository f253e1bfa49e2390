import type { CompiledStage } from '../shared/stage/compiled.ts';
import { begin } from './begin.ts';
import { localInstant } from './cron.ts';
import type { Deployed } from './deploy.ts';
import { ARRIVAL_MS } from './laws/notices.ts';
import { isOut } from './laws/outages.ts';
import { meterDays } from './report/days.ts';
import { measure, metersOf, type Report, reportOf } from './report.ts';
import type { Scenario } from './scenario.ts';
import type { Template } from './template.ts';

/** What is rehearsed. */
export interface Rehearsal {
  /** The compiled CloudFormation template. */
  template: { Resources: Template['resources'] };
  stage: CompiledStage;
  /** The compiled stage as a file, as the functions read it. */
  stageFile: string;
  /** The folder that handlers are relative to. */
  root: string;
  /** A folder that has all of this bundled, `rehearsal/worker.mjs` and `functions/admit-run/handler.mjs`: it starts faster. */
  bundle?: string;
  scenario: Scenario;
  /** Local date of the first day, `2026-11-01`. */
  from: string;
  days: number;
  /** Local time of the last day at which it ends, `13:30`; at its end without it. */
  until?: string;
  /** The law whose first violation ends it; what comes after it is not of interest then. */
  endsWith?: number;
  seed: number;
}

/** After the last start, how long the last run may still take to end. */
const DRAIN_HOURS = 30;
/** Time for the sweeper to find what was abandoned last. */
const SWEEPS_MS = 25 * 60_000;
const PROGRESS_STEP = 6 * 3_600_000;

/**
 * Rehearses in this process, which is not good for anything else afterwards: its clock, its SDK and its console are
 * the world's. `rehearse` of `index.ts` gives each rehearsal a process of its own.
 *
 * @param progress called now and then with the part that is done, 0 to 1
 */
export async function run(rehearsal: Rehearsal, progress: (done: number) => void): Promise<Report> {
  const { stage, scenario, seed } = rehearsal;
  const begun = performance.now();
  const from = localInstant(`${rehearsal.from}T00:00`, stage.timezone);
  const to = localInstant(endOf(rehearsal), stage.timezone);
  const { clock, world, deployed, laws } = await begin(rehearsal, from);
  const days = meterDays(clock, { timezone: stage.timezone, from, to }, () => metersOf(deployed));

  const isOver = () =>
    world.fatal !== undefined ||
    (rehearsal.endsWith !== undefined && laws.violations.some(({ law }) => law === rehearsal.endsWith));
  for (let step = from; step < to && !isOver(); step += PROGRESS_STEP) {
    await clock.runUntil(Math.min(step + PROGRESS_STEP, to), isOver);
    progress((step - from) / (to - from));
  }
  // Hours and costs are of the days that were asked for; the runs of the last day may end after it.
  const measured = measure(world.journal, deployed, days, stage.region, to - from);
  await clock.runUntil(
    to + DRAIN_HOURS * 3_600_000,
    () =>
      isOver() ||
      (clock.now > Math.max(to + SWEEPS_MS, laws.lastNoticeAt + ARRIVAL_MS) &&
        !deployed.sfn.isAnyRunning() &&
        isQuiet(deployed)),
  );
  if (world.fatal) throw world.fatal;
  laws.checkEnd((channel) => isOut(world, channel));
  clock.uninstall();
  const wallSeconds = Math.round(performance.now() - begun) / 1000;
  const facts = { stage, scenario, from, to, seed, wallSeconds };
  return reportOf(facts, world.journal, measured, laws.violations);
}

function isQuiet({ cloudformation, ec2, sqs }: Deployed): boolean {
  const busy = [...ec2.instances.values()].some(
    ({ state }) => state === 'pending' || state === 'stopping' || state === 'shutting-down',
  );
  // A queue that feeds no function, such as that of the dead letters, keeps what it has.
  const fed = [...sqs.queues.values()].filter(({ functionName }) => functionName);
  const isFed = fed.every(({ ready, running }) => ready.length === 0 && running === 0);
  return !busy && !cloudformation.isBusy() && isFed;
}

function endOf({ from, days, until }: Rehearsal): string {
  const dateAfter = (count: number) =>
    new Date(Date.parse(`${from}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
  return until ? `${dateAfter(days - 1)}T${until}` : `${dateAfter(days)}T00:00`;
}
