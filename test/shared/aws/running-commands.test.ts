import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const asked: Record<string, unknown>[] = [];
/** What Systems Manager answers, one after the other. */
let says: object[] = [];
const systemsManager = await listen(async (request, response) => {
  asked.push(JSON.parse(await bodyOf(request)));
  answer(response, 200, JSON.stringify(says.shift()));
});
pretendAws({ SSM: systemsManager.url });
const { runningCommands } = await import('../../../shared/aws/running-commands.ts');

afterAll(() => systemsManager.close());
beforeEach(() => {
  asked.length = 0;
});

const [CommandId, server] = ['6b0c2d9e-4f1a-4b7c-9d3e-2a5f8c1b7e04', 'mi-0123456789abcdef0'];

test('two pages of commands - those that have not ended, since then, each with its server', async () => {
  says = [
    { Commands: [{ CommandId, InstanceIds: [server], Comment: 'one' }], NextToken: 'more' },
    { Commands: [{ CommandId, InstanceIds: [server, 'i-0123456789abcdef0'] }] },
  ];
  expect(await runningCommands('2026-11-23T07:30:01.250Z')).toEqual([
    { id: CommandId, server, comment: 'one' },
    { id: CommandId, server, comment: '' },
    { id: CommandId, server: 'i-0123456789abcdef0', comment: '' },
  ]);
  expect(asked).toMatchObject([
    {
      Filters: [
        { key: 'ExecutionStage', value: 'Executing' },
        { key: 'DocumentName', value: 'AWS-RunShellScript' },
        { key: 'InvokedAfter', value: '2026-11-23T07:30:01Z' },
      ],
    },
    { NextToken: 'more' },
  ]);
});

test('none - none', async () => {
  says = [{}];
  expect(await runningCommands('2026-11-23T07:30:01.250Z')).toEqual([]);
});
