import { isRecoverable, type Recoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage, Rung } from '../../shared/stage/compiled.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Entry, Of } from '../journal.ts';

const MACHINE = /-recover-service$/;
/** What a call of the machine does. */
const RUNGS: Record<string, Rung> = {
  SendCommand: 'restart',
  RebootInstances: 'reboot',
  StopInstances: 'stop-start',
  UpdateService: 'redeploy',
  SetInstanceHealth: 'replace',
};
/** From the look from outside to what is done about it. */
const JUST_NOW = 60_000;
/** Between two looks while a person is waited for. */
const LATELY = 6 * 60_000;
/** The control probe is asked right before. */
const THIS_MOMENT = 15_000;
/** Endings that nobody has to be told of. */
const ROUTINE: Record<string, RegExp> = {
  skipped:
    /^(work is done on it|it is off by plan|skipped|paused|the stage is paused|it answers$|\S+ is down, which|the control probe|.+ sees to it$|busy|recovered lately)/,
  succeeded: /^it recovered by itself$/,
};

interface Run {
  workload: string;
  execution: string;
  byPerson: boolean;
}

/** What the laws say of recoveries (2, 5, 6, 7, 8), by what reached AWS. */
export class RecoveryLaw {
  readonly #stage: CompiledStage;
  readonly #broken: (law: number, at: number, text: string) => void;
  readonly #isHeld: (workload: string, at: number) => boolean;
  readonly #runs = new Map<string, Run>();
  /** Services, and `control`: when any check of them was last seen to fail. */
  readonly #failedAt = new Map<string, number>();
  readonly #seenTo = new Set<string>();
  readonly #working = new Set<string>();
  /** Target → the recovery that has touched it and has not ended. */
  readonly #atWork = new Map<string, string>();
  /** `web 2026-11-02` → the recoveries that did something. */
  readonly #days = new Map<string, Set<string>>();

  constructor(
    stage: CompiledStage,
    isHeld: (workload: string, at: number) => boolean,
    broken: (law: number, at: number, text: string) => void,
  ) {
    this.#stage = stage;
    this.#isHeld = isHeld;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    if (entry.what === 'unreached') this.#failedAt.set(entry.place.split(' ')[0] ?? '', entry.at);
    if (entry.what === 'record') this.#remember(entry);
    if (entry.what === 'person' && entry.act === 'acknowledge')
      for (const name of entry.workload ? [entry.workload] : Object.keys(this.#stage.services)) this.#seenTo.add(name);
    if (entry.what === 'notice') this.#checkAsked(entry);
    // Whoever saw to it is done, or it is another time that it is down.
    if (entry.what === 'notice' && entry.notice.state === 'resolved') this.#seenTo.delete(entry.notice.workload);
    if (entry.what === 'job') this.#working[entry.phase === 'started' ? 'add' : 'delete'](entry.workload);
    if (entry.what === 'execution' && entry.status !== 'RUNNING')
      for (const [target, execution] of this.#atWork) if (execution === entry.arn) this.#atWork.delete(target);
    if (entry.what === 'call' && MACHINE.test(entry.caller) && !entry.error) this.#checkCall(entry);
  }

  /** That a person is needed, is said of what is down. */
  #checkAsked({ notice: { workload, kind, cause, state }, at }: Of<'notice'>): void {
    const service = this.#stage.services[workload];
    if (kind !== 'service' || cause !== 'recovery' || state !== 'open' || !service) return;
    const isHeard = service.checks.some((check) => check.kind === 'heartbeat');
    if (!isHeard && at - (this.#failedAt.get(workload) ?? 0) > LATELY)
      this.#broken(8, at, `it was said that ${workload} needs a person, and nothing was seen to fail`);
  }

  #remember({ item, workload }: Of<'record'>): void {
    const execution = String(item['execution']);
    const byPerson = item['by'] !== 'checks' && item['by'] !== 'alarm';
    if (item['kind'] === 'service') this.#runs.set(execution, { workload, execution, byPerson });
  }

  #checkCall({ operation, execution = '', input, at }: Of<'call'>): void {
    const rung = RUNGS[operation];
    if (!rung) return;
    const run = this.#runs.get(execution);
    const service = run && this.#stage.services[run.workload];
    if (!run || !isRecoverable(service)) {
      this.#broken(5, at, `${operation} was called by a recovery that nobody recorded`);
      return;
    }
    if (!service.recover.rungs.includes(rung) || !isNamed(rung, service, input))
      this.#broken(5, at, `${run.workload}: ${operation} was called on what the stage file does not name for it`);
    for (const why of this.#forbidden(run, service, at)) this.#broken(7, at, `${run.workload} was recovered ${why}`);
    if (this.#isHeld(run.workload, at)) this.#broken(6, at, `${run.workload} was recovered while it is paused`);
    // What is not heard leaves no trace.
    const isHeard = service.checks.some(({ kind }) => kind === 'heartbeat');
    if (!isHeard && at - (this.#failedAt.get(run.workload) ?? 0) > JUST_NOW)
      this.#broken(8, at, `${run.workload} was recovered, and nothing was seen to fail`);
    this.#checkAlone(JSON.stringify(service.target), run, at);
  }

  *#forbidden({ workload, execution, byPerson }: Run, service: Recoverable, at: number): Generator<string> {
    const { maintenance, timezone, offWith, recover } = service;
    if (isWithinHours({ hours: maintenance, timezone }, this.#stage.calendar, at)) yield 'in its maintenance';
    if (at - (this.#failedAt.get('control') ?? 0) < THIS_MOMENT) yield 'while the control probe fails';
    for (const other of offWith) if (this.#working.has(other)) yield `while a job of ${other} runs on it`;
    if (!byPerson && this.#seenTo.has(workload)) yield 'while somebody sees to it';
    const day = `${workload} ${localTime(at, timezone).slice(0, 10)}`;
    const done = this.#days.get(day) ?? new Set();
    this.#days.set(day, done.add(execution));
    if (done.size > recover.perDay) yield `${done.size} times on a day, more than ${recover.perDay}`;
  }

  /** One at a time for each target. */
  #checkAlone(target: string, { workload, execution }: Run, at: number): void {
    const other = this.#atWork.get(target);
    if (other !== undefined && other !== execution)
      this.#broken(2, at, `${workload} was recovered while another recovery of the same is under way`);
    this.#atWork.set(target, execution);
  }
}

/** Whether nobody has to hear how a recovery ended. */
export function isRoutine(status: string, item: Record<string, unknown>): boolean {
  const isAsked = item['by'] !== 'checks' && item['by'] !== 'alarm';
  const reason = String(item['reason']);
  return !isAsked && item['steps'] === undefined && (ROUTINE[status]?.test(reason) ?? false);
}

/** Of a group any member may be told to be unhealthy: which those are, Auto Scaling knows. */
function isNamed(rung: Rung, { target }: Recoverable, input: unknown): boolean {
  const {
    InstanceIds = [],
    cluster,
    service,
  } = input as { InstanceIds?: string[]; cluster?: string; service?: string };
  if ('ec2' in target) return InstanceIds.length === 1 && InstanceIds[0] === target.ec2;
  if ('ecs' in target) return cluster === target.ecs.cluster && service === target.ecs.service;
  return rung === 'replace';
}
