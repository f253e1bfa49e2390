import { workerLogs } from '../../resources/queues/ids.ts';
import { logGroup } from '../../shared/job.ts';
import { seconds } from '../../shared/stage/duration.ts';
import type { Run } from '../../shared/state/runs.ts';
import { localTime } from '../../shared/time/slots.ts';
import { OptionInvalid, wholeNumber } from '../options.ts';
import { asJson, type Command, type Context, JSON_TOO, Refused, STAGE_FILE, text } from './command.ts';
import type { Books, Line } from './logs/books.ts';
import { type Place, placeOf, placeOfStep } from './logs/place.ts';

const real = {
  // Only here: it brings clients that no other command needs.
  books: async ({ serverless }: Context): Promise<Books> => (await import('./logs/books.ts')).booksOf(serverless),
  now: Date.now,
};

export const logs: Command = {
  usage: 'Show the log of a job, of a server, of the workers of a queue, or of one of the functions',
  options: {
    workload: { usage: 'The workload whose job it is, the service on an instance, or the queue', type: 'string' },
    run: { usage: 'Which run, such as 2026-11-02T09:00 (the newest that began)', type: 'string' },
    step: { usage: 'Which step, of a pipeline', type: 'string' },
    function: { usage: 'A function instead, such as admitRun', type: 'string' },
    since: { usage: 'How far back for a function or a server, such as 15m or 2h (1h)', type: 'string' },
    limit: { usage: 'How many lines at most, the newest (500)', type: 'string' },
    ...JSON_TOO,
    ...STAGE_FILE,
  },
  run: (context) => showLogs(context),
};

export async function showLogs(context: Context, effects = real): Promise<void> {
  const { options, hands, stage } = context;
  const limit = wholeNumber('limit', options['limit'], 500, 1, 10_000);
  const place = await placeIn(context, effects.now());
  const books = await effects.books(context);
  const lines = await read(place, limit, books);
  if (options['json']) hands.terminal.write(asJson(lines));
  else if (lines.length === 0) hands.terminal.note(`nothing was written to ${place.where}\n`);
  else {
    hands.terminal.note(`${place.where}\n`);
    hands.terminal.write(lines.map((line) => `${written(line, stage.timezone)}\n`).join(''));
  }
}

async function placeIn(context: Context, now: number): Promise<Place> {
  const { options, stage } = context;
  if (text(options, 'function')) return placeOfFunction(context, now);
  const name = text(options, 'workload') ?? '';
  const service = Object.hasOwn(stage.services, name) ? stage.services[name] : undefined;
  const queue = Object.hasOwn(stage.queues, name) ? stage.queues[name] : undefined;
  if (!service && !queue) return placeOfRun(context);
  if (service && !(service.target && 'ec2' in service.target))
    throw new Refused(`${name} is on no instance: what it writes is where its containers or its group write it`);
  if (queue && !queue.workers.create)
    throw new Refused(
      `the workers of ${name} are not of this stage: what they write is where their task definition says`,
    );
  return lately(queue ? workerLogs(stage.stage, name) : logGroup(stage.stage, name), options, now);
}

function lately(group: string, options: Context['options'], now: number): Place {
  const since = sinceOf(options);
  return { kind: 'group', where: `${group}, the last ${since}`, group, from: now - seconds(since) * 1000 };
}

function placeOfFunction({ options, serverless, stage }: Context, now: number): Place {
  const name = text(options, 'function') ?? '';
  const functions = Object.keys(serverless.service.functions);
  if (!functions.includes(name)) throw new OptionInvalid('function', name, `one of ${functions.join(', ')}`);
  return lately(`/aws/lambda/lamplighter-${stage.stage}-${name}`, options, now);
}

/** @throws OptionInvalid */
function sinceOf(options: Context['options']): string {
  const since = text(options, 'since') ?? '1h';
  if (!/^\d+[smh]$/.test(since)) throw new OptionInvalid('since', since, 'a duration such as 15m or 2h');
  return since;
}

/** @throws Refused when there is no such run, or when its log is where we cannot read it */
async function placeOfRun({ options, hands, stage }: Context): Promise<Place> {
  const workload = text(options, 'workload');
  if (!workload) throw new Refused('say whose log: --workload <name> for its job, or --function <name>');
  const { runs } = await hands.ask<{ runs: Run[] }>('listRuns', { workload, limit: 100 });
  const key = text(options, 'run');
  const run = runs.find((one) => (key ? one.key === key : one.status !== 'skipped'));
  const step = text(options, 'step');
  const one = Object.hasOwn(stage.workloads, workload) ? stage.workloads[workload] : undefined;
  if (step && one?.kind !== 'pipeline') throw new Refused(`${workload} is no pipeline: it has no steps`);
  if (run)
    return step && one?.kind === 'pipeline' ? placeOfStep(run, step, one, stage.stage) : placeOf(run, stage.stage);
  const known = runs.slice(0, 5).map((one) => one.key);
  throw new Refused(
    key
      ? `${workload} has no run ${key} among its newest: ${known.join(', ') || 'none'}`
      : `no run of ${workload} has begun yet`,
  );
}

async function read(place: Place, limit: number, books: Books): Promise<Line[]> {
  if (place.kind === 'group') {
    const { group, streams, from, to } = place;
    const lines = await books.group({ group, streams, from, to, limit });
    if (lines) return lines;
    throw new Refused(
      `there is no log group ${group}: nothing has been written to it yet, or the stage is not deployed`,
    );
  }
  const found = await books.object(place.bucket, place.key);
  if (found === undefined) throw new Refused(`there is nothing at ${place.where}: was it deleted?`);
  return found
    .trimEnd()
    .split('\n')
    .slice(-limit)
    .map((line) => ({ text: line }));
}

function written({ at, text: line }: Line, timezone: string): string {
  return at === undefined ? line : `${localTime(at, timezone).slice(0, 19).replace('T', ' ')}  ${line}`;
}
