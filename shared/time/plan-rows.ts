import type {
  BatchWorkload,
  CompiledStage,
  EnvironmentWorkload,
  PipelineWorkload,
  Workload,
} from '../stage/compiled.ts';
import { pipelines } from '../stage/kinds.ts';
import { daySkipped, isWithinHours, type Planned, plannedBetween } from './planned.ts';
import { localTime } from './slots.ts';

const DAY_MS = 86_400_000;

/** A person's word as the deployed stage keeps it; times are ISO 8601. */
export interface Word {
  act: 'pause' | 'skip' | 'keep';
  by: string;
  why: string;
  /** Since when it holds. */
  at?: string;
  until?: string;
}

/** Words by workload; those on the whole stage are under `''`. */
export type Overrides = Record<string, Word[]>;

/** What is planned at one time. Times are local to the workload, with their offset. */
export interface PlannedRow {
  workload: string;
  /** `stop`: an environment that is up when the plan begins, or that only a person keeps up, is deleted. */
  act: Planned['act'];
  at: string;
  /** By when an instance is stopped, whatever happens, and a pipeline is given up; when an environment is deleted. */
  stoppedBy?: string;
  skipped?: string;
  note?: string;
}

/** A row and when it is, in milliseconds since the epoch. */
type Row = PlannedRow & { instant: number };

interface Context<T extends Workload = Workload> {
  stage: CompiledStage;
  name: string;
  workload: T;
  /** What people said of the whole stage, then of this workload. */
  words: (Word & { isOfStage: boolean })[];
}

/**
 * Everything of a stage in [from, to), earliest first, with the reason where the calendar or a person skips it.
 *
 * @param from milliseconds since the epoch
 * @param to milliseconds since the epoch
 * @param overrides what people have said, where that is known
 */
export function plan(stage: CompiledStage, from: number, to: number, overrides: Overrides = {}): PlannedRow[] {
  const rows = Object.entries(stage.workloads).flatMap(([name, workload]) => {
    const words = ['', name].flatMap((of) => (overrides[of] ?? []).map((word) => ({ ...word, isOfStage: of === '' })));
    if (workload.kind === 'environment') return ofEnvironment({ stage, name, workload, words }, from, to);
    return workload.kind === 'batch'
      ? ofBatch({ stage, name, workload, words }, from, to)
      : ofPipeline({ stage, name, workload, words }, from, to);
  });
  return rows.sort((a, b) => a.instant - b.instant).map(({ instant: _, ...row }) => row);
}

function ofBatch(context: Context<BatchWorkload>, from: number, to: number): Row[] {
  const { stage, workload } = context;
  return plannedBetween(workload, stage.calendar, from, to).map((slot) => {
    const keep = keepAt(slot.at, context);
    const note = keep && `its instance is kept on until ${local(keep.until, workload)} by ${keep.by}: ${keep.why}`;
    return startRow(context, slot, slot.at + workload.deadlineSeconds * 1000, note);
  });
}

function ofPipeline(context: Context<PipelineWorkload>, from: number, to: number): Row[] {
  const { stage, name, workload } = context;
  const next = followers(name, stage);
  const note = next.length > 0 ? `its success starts ${next.join(', then ')}` : undefined;
  return plannedBetween(workload, stage.calendar, from, to).map((slot) =>
    startRow(context, slot, slot.at + workload.deadlineSeconds * 1000, note),
  );
}

/** What the success of a pipeline starts, and the success of that. */
function followers(name: string, stage: CompiledStage): string[] {
  const after = pipelines(stage).flatMap(([next, { after }]) => (after === name ? [next] : []));
  return after.flatMap((next) => [next, ...followers(next, stage)]);
}

function ofEnvironment(context: Context<EnvironmentWorkload>, from: number, to: number): Row[] {
  const { stage, workload } = context;
  // Longer than the plan: where the last of its starts is stopped, or the end of a keep.
  const slots = plannedBetween(workload, stage.calendar, from, to + 3 * DAY_MS);
  const isUp = (at: number) => isWithinHours(workload, stage.calendar, at);
  const stopAfter = (at: number) => slots.find((slot) => slot.act === 'stop' && slot.at >= at)?.at ?? at;
  const starts = slots.filter(({ act }) => act === 'start').map((start) => ({ start, stop: stopAfter(start.at) }));
  const periods = isUp(from - 1) ? [{ start: undefined, stop: stopAfter(from) }, ...starts] : starts;
  const rows = periods.map(({ start, stop }) => {
    const keep = start && skipReason(start, context) ? undefined : keepAt(stop, context);
    const until = keep && Date.parse(keep.until);
    const end = until === undefined ? stop : isUp(until) ? stopAfter(until) : until;
    const note = keep && `kept until ${local(keep.until, workload)} by ${keep.by}: ${keep.why}`;
    return {
      isKept: keep !== undefined,
      ...(start ? startRow(context, start, end, note) : stopRow(context, end, note)),
    };
  });
  const shown = rows.filter(({ instant }) => instant < to).map(({ isKept: _, ...row }) => row);
  // Nothing planned is kept: a person has started it.
  const byHand = rows.some(({ isKept }) => isKept) ? undefined : lastKeep(context, () => true);
  const end = Date.parse(byHand?.until ?? '');
  if (!byHand || end < from || end >= to || isUp(end)) return shown;
  return [...shown, stopRow(context, end, `kept until then by ${byHand.by}: ${byHand.why}`)];
}

function startRow(context: Context, slot: Planned, end: number, besides: string | undefined): Row {
  const { name, workload } = context;
  const verb = slot.act === 'run' ? 'runs' : 'starts';
  const gap = slot.inGap && `${slot.key.slice(11)} does not exist on this day: ${verb} at the first minute after`;
  const note = [gap, besides].filter(Boolean).join('; ');
  const skipped = skipReason(slot, context);
  return {
    instant: slot.at,
    workload: name,
    act: slot.act,
    at: localTime(slot.at, workload.timezone),
    stoppedBy: localTime(end, workload.timezone),
    ...(skipped && { skipped }),
    ...(note && { note }),
  };
}

function stopRow({ name, workload }: Context, instant: number, note: string | undefined): Row {
  return { instant, workload: name, act: 'stop', at: localTime(instant, workload.timezone), ...(note && { note }) };
}

function skipReason(slot: Planned, { stage, workload, words }: Context): string | undefined {
  const dayOff = daySkipped(workload, slot.act, slot.key, stage.calendar);
  const word = words.find((one) => one.act !== 'keep' && holds(one, slot.at));
  if (dayOff || !word) return dayOff;
  const what = word.act === 'skip' ? '' : word.isOfStage ? 'the stage is paused ' : 'paused ';
  const until = word.until ? ` until ${local(word.until, workload)}` : '';
  return `${what}by ${word.by}${until}: ${word.why}`;
}

function keepAt(instant: number, context: Context): (Word & { until: string }) | undefined {
  return lastKeep(context, (word) => holds(word, instant));
}

/** The keep that lasts longest. */
function lastKeep({ words }: Context, isMeant: (word: Word) => boolean): (Word & { until: string }) | undefined {
  return words
    .flatMap((word) => (word.act === 'keep' && word.until && isMeant(word) ? [{ ...word, until: word.until }] : []))
    .sort((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

function holds({ at, until }: Word, instant: number): boolean {
  return (at === undefined || Date.parse(at) <= instant) && (until === undefined || instant < Date.parse(until));
}

function local(instant: string, { timezone }: Workload): string {
  return localTime(instant, timezone).slice(0, 16).replace('T', ' ');
}
