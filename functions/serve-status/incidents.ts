import { readRecoveryReason } from '../../shared/recovery/reasons.ts';
import { HELPED, type Step } from '../../shared/recovery/steps.ts';
import type { CompiledStage, Rung } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { IncidentAnswer } from '../../shared/status/answers.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import type { Downtime } from '../../shared/uptime/uptime.ts';
import type { Recorded } from './history.ts';
import { isFailure } from './run.ts';
import { utc } from './utc.ts';

type Incident = IncidentAnswer & { began: number };

/** A recovery that begins so long after it came up again was asked for while it was down. */
const AFTER_MS = 10 * 60_000;

/** What was wrong in the days that are shown, the newest first. @param now milliseconds since the epoch */
export function incidentsOf(stage: CompiledStage, recorded: Recorded, now: number): IncidentAnswer[] {
  const since = recorded.days[0]?.from ?? now;
  const found: Incident[] = [
    ...Object.entries(recorded.services).flatMap(([name, { downtimes }]) =>
      outages(name, downtimes, recorded.runs.get(name) ?? [], now),
    ),
    ...Object.keys(stage.workloads).flatMap((name) => failures(name, recorded.runs.get(name) ?? [])),
  ];
  const open = found.filter(({ to }) => to === undefined);
  const isTold = ({ workload }: Thread) => open.some(({ name }) => name === workload);
  for (const incident of open) {
    const thread = recorded.threads.find(({ workload }) => workload === incident.name);
    if (thread) Object.assign(incident, { isAcknowledged: thread.acknowledged !== undefined });
  }
  const isShown = ({ workload }: Thread) => !stage.status?.show || stage.status.show.includes(workload);
  return [...found, ...recorded.threads.filter((one) => isShown(one) && !isTold(one)).map((one) => other(one, stage))]
    .filter(({ began, to }) => began >= since || to === undefined)
    .toSorted((a, b) => b.began - a.began)
    .map(({ began: _, ...incident }) => incident);
}

/** The downtimes of all checks of a service, those that overlap as one, with what was done about it. */
function outages(name: string, downtimes: Downtime[], recoveries: Run[], now: number): Incident[] {
  const joined: Downtime[] = [];
  for (const down of downtimes.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && (last.to === undefined || down.from <= last.to)) {
      const { to: _, ...rest } = last;
      const isOver = last.to !== undefined && down.to !== undefined;
      joined[joined.length - 1] = { ...rest, ...(isOver && { to: Math.max(last.to ?? 0, down.to ?? 0) }) };
    } else joined.push(down);
  }
  // Of several that follow each other, it is the last one that a recovery is of.
  const outageOf = ({ admittedAt }: Run) => {
    const last = joined.findLast(({ from }) => from <= Date.parse(admittedAt));
    return last && Date.parse(admittedAt) <= (last.to ?? now) + AFTER_MS ? last.from : undefined;
  };
  return joined.map(({ from, to, check, problem }) => {
    const during = recoveries.filter((run) => outageOf(run) === from);
    return {
      ...{ name, kind: 'service', what: 'down', severity: 'critical', began: from, from: utc(from) },
      ...(to !== undefined && { to: utc(to) }),
      text: `${check}: ${problem}`,
      steps: during.toReversed().flatMap(stepsOf),
    };
  });
}

/** What was done, and at last what nobody approved. */
function stepsOf({ steps = [], reason = '', endedAt }: Run): IncidentAnswer['steps'] {
  const told = readRecoveryReason(reason);
  const refused = told?.reason === 'notApproved' ? (told.values[0] as Rung) : undefined;
  return [
    ...steps.map(stepAnswer),
    ...(refused ? [{ ...(endedAt && { at: utc(endedAt) }), rung: refused, result: 'refused' as const }] : []),
  ];
}

function stepAnswer({ rung, at, seconds, result }: Step): IncidentAnswer['steps'][number] {
  const ended = result === HELPED ? 'helped' : result === 'did not help' ? 'did-not-help' : 'failed';
  return {
    ...{ at: utc(at), rung, result: result === undefined ? 'running' : ended },
    ...(seconds !== undefined && { seconds: Math.round(seconds) }),
  };
}

/** Runs that failed one after the other, until one succeeded; starts and stops each by themselves. */
function failures(name: string, runs: Run[]): Incident[] {
  const found: Incident[] = [];
  const open = new Map<string, Incident>();
  for (const run of runs.toReversed()) {
    const { act = 'run', kind, status, endedAt, reason } = run;
    if (endedAt === undefined) continue;
    const known = open.get(act);
    if (isFailure(run) && !known) {
      const incident: Incident = {
        ...{ name, kind, what: 'run-failed', severity: 'critical', began: Date.parse(endedAt), from: utc(endedAt) },
        ...(reason !== undefined && { text: reason }),
        steps: [],
      };
      open.set(act, incident);
      found.push(incident);
    }
    if (status === 'succeeded' && known) {
      known.to = utc(endedAt);
      open.delete(act);
    }
  }
  return found;
}

/** Anything else that people were told of and that goes on. */
function other({ workload, kind, severity, openedAt, acknowledged, notice }: Thread, stage: CompiledStage): Incident {
  const isNamed = [stage.workloads, stage.services, stage.queues].some((known) => Object.hasOwn(known, workload));
  return {
    ...{ name: isNamed ? workload : stage.stage, ...(kind && { kind }), what: 'other', severity },
    ...{
      began: openedAt,
      from: utc(openedAt),
      isAcknowledged: acknowledged !== undefined,
      text: notice.title,
      steps: [],
    },
  };
}
