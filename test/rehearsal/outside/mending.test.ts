import { afterEach, expect, test } from '@jest/globals';
import type { Lambda } from '../../../rehearsal/aws/lambda.ts';
import { installMending } from '../../../rehearsal/outside/mending.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { aNotice } from '../../shared/builders.ts';
import { SERVER, ServerWorld } from '../server-world.ts';

let aws: ServerWorld;
afterEach(() => aws?.end());

/** What people said to functions. */
let said: unknown[];

/** A world at one o'clock at night, or another hour, in which something befalls the server a minute later. */
async function befall(incident: object, hour = 1, scenario: object = {}): Promise<void> {
  const at = `2026-11-02T${String(hour).padStart(2, '0')}:01`;
  aws = new ServerWorld({ faults: [{ workload: 'web', at, ...incident }], ...scenario });
  said = [];
  const functions = new Map([['lamplighter-dev-orderRecovery', {}]]);
  const lambda = { functions, invoke: async (_: string, word: unknown) => said.push(word) } as unknown as Lambda;
  installMending(aws.world, aws.ec2, aws.servers, lambda);
  await aws.pass(hour * 60 + 2);
}

const tell = (notice: Partial<Notice> = {}) =>
  aws.world.journal.write({
    what: 'notice',
    notice: aNotice({
      workload: 'web',
      kind: 'service',
      cause: 'check front',
      severity: 'critical',
      state: 'open',
      ...notice,
    }),
  });

test('told by day - mended after half an hour, and not before', async () => {
  await befall({ incident: 'crash' }, 10);
  tell();
  await aws.pass(29);
  expect(aws.over()).toEqual([]);
  await aws.pass(2);
  expect(aws.over()).toEqual(['crash a person']);
});

test('told at night - mended at eight', async () => {
  await befall({ incident: 'crash' });
  tell();
  await aws.pass(6 * 60 + 57);
  expect(aws.over()).toEqual([]);
  await aws.pass(2);
  expect(aws.over()).toEqual(['crash a person']);
});

test('up again before that - nobody comes, and whatever befalls it then is another matter', async () => {
  await befall({ incident: 'crash' }, 10);
  tell();
  await aws.pass(5);
  tell({ severity: 'success', state: 'resolved' });
  await aws.pass(60);
  expect(aws.over()).toEqual([]);
});

test.each([
  [
    'a warning that its certificate ends',
    { severity: 'warning', cause: 'certificate front' },
    ['certificate a person'],
  ],
  ['a warning of another thing', { severity: 'warning', cause: 'unseen front' }, []],
  ['another service', { workload: 'other' }, []],
] as const)('told of %s - over: %#', async (_, notice, over) => {
  await befall({ incident: 'certificate' }, 10);
  tell(notice);
  await aws.pass(40);
  expect(aws.over()).toEqual(over);
});

test('a disk that fills - its alarm is enough, that of the memory is not', async () => {
  await befall({ incident: 'disk-full' }, 10);
  const alarm = (name: string) =>
    aws.world.journal.write({ what: 'alarm', topic: 'notices', name, state: 'ALARM', reason: '' });
  alarm('lamplighter-dev-memory-web');
  await aws.pass(40);
  expect(aws.over()).toEqual([]);
  alarm('lamplighter-dev-disk-web');
  await aws.pass(40);
  expect(aws.over()).toEqual(['disk-full a person']);
});

test('a zone is nobody’s to mend; what was left off is turned on, and its name led to its new address', async () => {
  await befall({ incident: 'zone', lasts: '70m' }, 10, { addresses: { web: 'public' } });
  await aws.call('ec2', 'StopInstances', { InstanceIds: [SERVER] });
  tell();
  await aws.pass(40);
  expect([aws.over(), aws.ec2.get(SERVER).state]).toEqual([[], 'stopped']);
  await aws.pass(40);
  tell();
  await aws.pass(31);
  expect([aws.over(), aws.ec2.get(SERVER).state]).toEqual([['zone itself'], 'running']);
  await aws.pass(2);
  expect(aws.seen()).toBe('200');
});

test('nobody mends anything - so it is', async () => {
  await befall({ incident: 'crash' }, 10, { person: { repairs: 'never' } });
  tell();
  await aws.pass(24 * 60);
  expect(aws.over()).toEqual([]);
});

test.each([
  [10, [{ act: 'approve', workload: 'web', by: 'somebody', why: 'as the scenario says' }]],
  [1, []],
])('asked at %s o’clock whether a step may be done - a yes by day alone', async (hour, words) => {
  await befall({ incident: 'status-check' }, hour, { person: { repairs: 'never', approves: '10m' } });
  tell({ id: 'web 2026-11-02T10:03 asks stop-start', cause: 'recovery' });
  await aws.pass(9);
  expect(said).toEqual([]);
  await aws.pass(2);
  expect(said).toEqual(words);
});
