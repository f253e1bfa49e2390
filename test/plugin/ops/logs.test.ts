import { describe, expect, test } from '@jest/globals';
import type { Serverless } from '../../../plugin/framework.ts';
import type { Line, Question } from '../../../plugin/ops/logs/books.ts';
import { showLogs } from '../../../plugin/ops/logs.ts';
import { workerLogs } from '../../../resources/queues/ids.ts';
import type { CompiledStage, CreatedWorkers } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironmentRun, aQueue, aRun, aStage } from '../../shared/builders.ts';
import { aContext, WATCHED } from './context.ts';

const NOW = Date.parse('2026-11-02T03:00:00Z');
const times = { startedAt: '2026-11-01T17:00:00Z', endedAt: '2026-11-01T17:25:00Z' };
const ended = { ...times, status: 'succeeded' as const };
const LINES: Line[] = [
  { at: Date.parse('2026-11-01T17:01:00Z'), text: 'begins' },
  { at: Date.parse('2026-11-01T17:02:00Z'), text: 'ends' },
];

interface World {
  runs?: Run[];
  lines?: Line[];
  object?: string;
  stage?: CompiledStage;
}

async function show(options: Record<string, string | boolean>, { runs = [], lines, object, stage }: World = {}) {
  const questions: (Question | string)[] = [];
  const { context, seen } = aContext(options, { answers: { listRuns: { runs } }, ...(stage && { stage }) });
  const serverless = { service: { functions: { admitRun: {}, showStatus: {} } } } as unknown as Serverless;
  const books = {
    group: async (question: Question) => {
      questions.push(question);
      return lines;
    },
    object: async (bucket: string, key: string) => {
      questions.push(`${bucket} ${key}`);
      return object;
    },
  };
  await showLogs({ ...context, serverless }, { books: async () => books, now: () => NOW });
  return { ...seen, asked: questions };
}

describe('the log of a server', () => {
  test('a service on an instance - what its agent sends, of the last hour or as far back as asked', async () => {
    const { asked: questions } = await show({ workload: 'web', since: '2h' }, { lines: LINES, stage: WATCHED });
    expect(questions).toEqual([{ group: '/lamplighter/dev/web', from: NOW - 2 * 3_600_000, limit: 500 }]);
  });

  test('one that is on no instance - says where to look', async () => {
    await expect(show({ workload: 'page' }, { stage: WATCHED })).rejects.toThrow(/page is on no instance/);
  });
});

describe('the log of workers', () => {
  const { workers } = aQueue();
  const create = { cluster: true } as CreatedWorkers;
  const queued = aStage({
    workloads: {},
    queues: { crawl: aQueue({ workers: { ...workers, create } }), mails: aQueue() },
  });

  test('those that are of this stage - what their tasks print', async () => {
    const { asked: questions } = await show({ workload: 'crawl' }, { lines: LINES, stage: queued });
    expect(questions).toEqual([{ group: workerLogs('dev', 'crawl'), from: NOW - 3_600_000, limit: 500 }]);
  });

  test('those that were there already - says where to look', async () => {
    await expect(show({ workload: 'mails' }, { stage: queued })).rejects.toThrow(
      /the workers of mails are not of this/,
    );
  });
});

describe('the log of a job', () => {
  const log = '/lamplighter/dev/nightly:command/instance';

  test('in CloudWatch Logs - its own streams, from its beginning until a while after its end', async () => {
    const runs = [aRun({ key: 'later', status: 'skipped' }), aRun({ ...ended, log })];
    const { asked: questions, out } = await show({ workload: 'nightly' }, { runs, lines: LINES });
    expect(questions).toEqual([
      {
        ...{ group: '/lamplighter/dev/nightly', streams: 'command/instance', limit: 500 },
        from: Date.parse(times.startedAt),
        to: Date.parse('2026-11-01T17:30:00Z'),
      },
    ]);
    expect(out).toBe('2026-11-02 02:01:00  begins\n2026-11-02 02:02:00  ends\n');
  });

  test('in S3 - the object, the newest lines of it', async () => {
    const runs = [aRun({ ...ended, log: 's3://logs/a/b.log' })];
    const { asked: questions, out } = await show(
      { workload: 'nightly', limit: '2' },
      { runs, object: 'one\ntwo\nthree\n' },
    );
    expect(questions).toEqual(['logs a/b.log']);
    expect(out).toBe('two\nthree\n');
  });

  test('while it goes on - what its workload has written since it began', async () => {
    const { asked: questions, err } = await show(
      { workload: 'nightly' },
      { runs: [aRun({ startedAt: times.startedAt })], lines: [] },
    );
    expect(questions).toMatchObject([{ group: '/lamplighter/dev/nightly', from: Date.parse(times.startedAt) }]);
    expect(questions[0]).toMatchObject({ to: undefined });
    expect(err).toBe('nothing was written to /lamplighter/dev/nightly, since it began\n');
  });

  test('--run, --json - of that run, as lines', async () => {
    const runs = [aRun({ ...ended, key: 'two', log }), aRun({ ...ended, key: 'one', log: '/lamplighter/dev/x:s' })];
    const { asked: questions, out } = await show(
      { workload: 'nightly', run: 'one', json: true },
      { runs, lines: LINES },
    );
    expect(questions).toMatchObject([{ group: '/lamplighter/dev/x' }]);
    expect(JSON.parse(out)).toEqual(LINES);
  });

  test.each<[string, Record<string, string>, World, string]>([
    [
      'on the instance',
      {},
      { runs: [aRun({ ...ended, log: '/var/log/x.log' })] },
      'on its instance, in /var/log/x.log: aws ssm start-session --target i-0',
    ],
    [
      'of an environment',
      {},
      { runs: [anEnvironmentRun({ reason: 'DataWouldBeLost' })] },
      'but the events of its stack; it says: DataWouldBeLost',
    ],
    ['deleted from S3', {}, { runs: [aRun({ ...ended, log: 's3://logs/a' })] }, 'nothing at s3://logs/a'],
    ['of no run', {}, { runs: [aRun({ status: 'skipped' })] }, 'no run of nightly has begun yet'],
    ['of a run that is none', { run: 'x' }, { runs: [aRun()] }, 'has no run x among its newest: 2026-11-02T02:00'],
    ['of nothing', { workload: '' }, {}, 'say whose log: --workload <name>'],
    ['of a group that is not there', {}, { runs: [aRun(ended)] }, 'there is no log group /lamplighter/dev/nightly'],
  ])('%s - refused, with the way there', async (_, options, world, message) => {
    await expect(show({ workload: 'nightly', ...options }, world)).rejects.toThrow(message);
  });
});

describe('the log of a function', () => {
  test('--since - its group, so far back', async () => {
    const { asked: questions } = await show({ function: 'admitRun', since: '15m' }, { lines: LINES });
    expect(questions).toEqual([{ group: '/aws/lambda/lamplighter-dev-admitRun', from: NOW - 900_000, limit: 500 }]);
  });

  test.each([
    [{ function: 'admit' }, '--function "admit" cannot be used: expected one of admitRun, showStatus'],
    [{ function: 'admitRun', since: 'yesterday' }, '--since "yesterday" cannot be used'],
    [{ function: 'admitRun', limit: '0' }, '--limit "0" cannot be used'],
  ])('%j - refused', async (options, message) => {
    await expect(show(options as Record<string, string>)).rejects.toThrow(message);
  });
});
