import { type Caught, describeCaught, readCause } from '../caught.ts';
import { numbersIn, numbersOf } from './numbers.ts';
import { because } from './reasons.ts';

/** What the states of a step have left behind. */
export interface Said {
  /** Of a function of ours; of a Lambda `{ payload }`; of ECS the task. */
  result?: unknown;
  /** The last lines that a task printed. */
  output?: { lines: string[] };
  error?: Caught;
}

/** How the work of a step ended, before its numbers are held to anything. */
export interface Outcome {
  status: 'succeeded' | 'failed' | 'timed-out';
  numbers: Record<string, number>;
  reason?: string;
  log?: string;
  startedAt?: string;
  endedAt?: string;
}

/** Error names that say that the time was up. */
const TIME_UP = ['DeadlineExceeded', 'States.Timeout'];

/** How the work of a step ended, of whatever sort it is. */
export function outcomeOf({ result, output, error }: Said): Outcome {
  if (error) return failure(error);
  const { payload, numbers, log, startedAt, endedAt, StartedAt, StoppedAt } = (result ?? {}) as Result;
  const found = { ...numbersOf(payload), ...numbersIn(output?.lines.join('\n') ?? ''), ...numbers };
  return { status: 'succeeded', numbers: found, ...known(log, startedAt ?? iso(StartedAt), endedAt ?? iso(StoppedAt)) };
}

interface Result {
  payload?: unknown;
  numbers?: Record<string, number>;
  log?: string;
  startedAt?: string;
  endedAt?: string;
  /** Milliseconds since the epoch, of a task of ECS. */
  StartedAt?: number;
  StoppedAt?: number;
}

function failure(error: Caught): Outcome {
  const { numbers = {}, log, startedAt, endedAt } = readCause(error.Cause);
  const times = known(log, startedAt, endedAt);
  if (error.Error === 'States.Timeout')
    return { status: 'timed-out', numbers, reason: because('jobTooLong'), ...times };
  const reason = taskFailure(error) ?? describeCaught(error);
  return { status: TIME_UP.includes(error.Error) ? 'timed-out' : 'failed', numbers, reason, ...times };
}

/** What ECS says of a task that ended badly: the whole task, as JSON. */
function taskFailure({ Error: name, Cause }: Caught): string | undefined {
  if (name !== 'States.TaskFailed') return undefined;
  const { Containers, StoppedReason = '' } = readCause(Cause) as { Containers?: Container[]; StoppedReason?: string };
  if (!Containers) return undefined;
  const failed = Containers.find(({ ExitCode }) => ExitCode !== 0);
  return because('taskEnded', failed?.ExitCode ?? -1, failed?.Reason ?? StoppedReason);
}

interface Container {
  ExitCode?: number;
  Reason?: string;
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

function known(log?: string, startedAt?: string, endedAt?: string): Pick<Outcome, 'log' | 'startedAt' | 'endedAt'> {
  return { ...(log && { log }), ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
}
