import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { StepEnded } from '../pipeline/ended.ts';
import type { Step } from '../recovery/steps.ts';
import type { Kind, Rung } from '../stage/compiled.ts';
import { pagesOf } from './query.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

/** Which steps of a pipeline a person wants to have run again: all, one with what comes after it, or those that failed. */
export interface Again {
  from?: string;
  only?: 'failed';
}

/** How a run can end. `aborted`: its execution died; */
export type Ending = 'succeeded' | 'failed' | 'timed-out' | 'skipped' | 'aborted';

/** A run as the table keeps it: one (workload, scheduled time). Instants are ISO 8601 in UTC. */
export interface Run {
  workload: string;
  /** The local wall-clock time that it was scheduled for; unique in a workload. */
  key: string;
  scheduledFor: string;
  /** The state machine execution that owns it. */
  execution: string;
  by: string;
  /** Of a service it is a recovery. */
  kind: Kind;
  /** What is done to an environment. */
  act?: 'start' | 'stop';
  /** The stop that failed, for a stop that is made again: the first one stays open until the environment is gone. */
  retryOf?: string;
  /** The instance of a batch. */
  instanceId?: string;
  admittedAt: string;
  deadlineAt: string;
  status: 'running' | Ending;
  reason?: string;
  /** Set before the instance is started: whoever finds this run abandoned must stop the instance. */
  ownsInstance?: boolean;
  safetyStop?: string;
  startedAt?: string;
  endedAt?: string;
  exitCode?: number;
  jobSeconds?: number;
  instanceHours?: number;
  log?: string;
  /** The images that an environment was started with: parameter of the stack → tag. */
  images?: Record<string, string>;
  /** What a recovery was asked for. */
  why?: string;
  /** What was done to recover a service, in order; the last may be going on. */
  steps?: Step[];
  /** How the steps of a pipeline ended, in the order of the stage file. */
  ended?: StepEnded[];
  /** What was found against a run although it succeeded, beside what was found against its steps. */
  warnings?: string[];
  /** How often a pipeline's run was begun: more than once where people ran it again. */
  generation?: number;
  /** What of it is run again, in the newest generation. */
  again?: Again;
  /** The runs that are made up for when this one has ended, one after the other. */
  next?: { key: string; scheduledFor: string }[];
  /** When people were told that it takes long. */
  slowSaidAt?: string;
  /** What waits for a person's word: the token by which the execution hears it. */
  approval?: { rung: Rung; token: string };
  /** What a person has said yes to. */
  approved?: { rung: Rung; by: string };
  /** How many runs of the workload failed in a row, this one included. */
  failuresInRow?: number;
  /** From how many on nothing starts any more. */
  breakerFailures?: number;
  /** Present while somebody still has to look after the run: the key of the sparse index. */
  open?: 'open';
  /** What is left to do for it. */
  todo?: Todo;
  /** When people were last told that the instance is still on. */
  warnedAt?: string;
}

/**
 * `end`: not ended. `say`: ended, its notice not published yet. `stop`: ended and said, and what it should have switched
 * off is not seen off. `start`: the same of an instance that a recovery has stopped and not started again.
 */
export type Todo = 'end' | 'say' | 'stop' | 'start';

/** How the reason of a run begins that a person has stopped; who and why follow. */
export const STOPPED_BY = 'stopped by ';

/** Whether a run leaves an environment up that it should have stopped; the first stop answers for those made again. */
export function leavesUp({ act, retryOf, status, reason = '' }: Run): boolean {
  if (act !== 'stop' || retryOf) return false;
  return status === 'skipped' ? reason.startsWith('busy') : status !== 'succeeded';
}

const KEEP_SECONDS = 400 * 24 * 3600;

/**
 * Writes the record that makes a run happen at most once.
 *
 * @returns `claimed` (also when this execution claimed it before), or `duplicate` when another one did.
 */
export async function claimRun(run: Run): Promise<'claimed' | 'duplicate'> {
  const isWritten = await conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...workloadKey(run.workload, `run#${run.key}`),
          ...run,
          open: 'open',
          todo: 'end' satisfies Todo,
          expiresAt: Math.floor(Date.parse(run.admittedAt) / 1000) + KEEP_SECONDS,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  if (isWritten) return 'claimed';
  const known = await getRun(run.workload, run.key);
  return known?.execution === run.execution && known.status === 'running' ? 'claimed' : 'duplicate';
}

export async function getRun(workload: string, key: string): Promise<Run | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: tableName(), Key: workloadKey(workload, `run#${key}`), ConsistentRead: true }),
  );
  return Item as Run | undefined;
}

/**
 * Ends a run: exactly one ending is ever written.
 *
 * @returns whether this call ended it; false when it had ended before.
 */
export async function endRun(run: Pick<Run, 'workload' | 'key'>, ending: Partial<Run>): Promise<boolean> {
  const fields = Object.entries({ ...ending, todo: 'say' satisfies Todo }).filter(([, value]) => value !== undefined);
  return conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: workloadKey(run.workload, `run#${run.key}`),
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: '#status = :running',
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          ':running': 'running',
        },
      }),
    ),
  );
}

/**
 * Says what is left to do for an ended run.
 *
 * @param todo undefined when nothing is: the run leaves the index
 * @param warnedAt when people were told, ISO 8601
 */
export async function setTodo(
  run: Pick<Run, 'workload' | 'key'>,
  todo: Todo | undefined,
  warnedAt?: string,
): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: workloadKey(run.workload, `run#${run.key}`),
      UpdateExpression: todo
        ? `SET todo = :todo${warnedAt ? ', warnedAt = :warnedAt' : ''}`
        : 'REMOVE #open, todo, warnedAt',
      ...(todo
        ? { ExpressionAttributeValues: { ':todo': todo, ...(warnedAt && { ':warnedAt': warnedAt }) } }
        : { ExpressionAttributeNames: { '#open': 'open' } }),
    }),
  );
}

/** Writes down what a recovery does next, before it does it: whoever finds it abandoned knows how far it went. */
export async function setSteps(run: Pick<Run, 'workload' | 'key'>, steps: Step[]): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: workloadKey(run.workload, `run#${run.key}`),
      UpdateExpression: 'SET steps = :steps',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':steps': steps },
    }),
  );
}

/** Remembers that a person has said yes to a step: the execution may not be listening just then. */
export async function setApproved(run: Pick<Run, 'workload' | 'key'>, approved: Run['approved']): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: workloadKey(run.workload, `run#${run.key}`),
      UpdateExpression: 'SET approved = :approved',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':approved': approved },
    }),
  );
}

/** The newest runs of a workload, newest first. */
export async function newestRuns(workload: string, limit = 20): Promise<Run[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :run)',
      ExpressionAttributeValues: { ':pk': `workload#${workload}`, ':run': 'run#' },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items as Run[];
}

/**
 * The runs of a workload by the wall-clock times that they are named by, newest first.
 *
 * @param from inclusive, `2026-11-02T00:00`; without it, from the first on
 * @param before exclusive
 */
export async function runsBetween(
  workload: string,
  { from = '', before, limit }: { from?: string; before: string; limit?: number },
): Promise<Run[]> {
  const runs: Run[] = [];
  const pages = pagesOf<Run>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': `workload#${workload}`, ':from': `run#${from}`, ':to': `run#${before}` },
    ScanIndexForward: false,
    ...(limit && { Limit: limit }),
  });
  for await (const page of pages) {
    runs.push(...page.filter(({ key }) => key < before));
    if (limit !== undefined && runs.length >= limit) break;
  }
  return runs.slice(0, limit);
}
