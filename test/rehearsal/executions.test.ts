import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../../rehearsal/aws/definition.ts';
import { limited, tasksOf } from '../../rehearsal/aws/definition.ts';
import { listed } from '../../rehearsal/aws/executions.ts';
import { renamed, requestOf } from '../../rehearsal/aws/integration.ts';
import type { Execution } from '../../rehearsal/aws/sfn.ts';

const NOW = Date.parse('2026-11-02T00:00:00Z');
const MACHINE = 'arn:aws:states:us-east-1:1:stateMachine:run';
const execution = (index: number, more: Partial<Execution> = {}): Execution => ({
  arn: `arn:aws:states:us-east-1:1:execution:run:${index}`,
  machine: { arn: MACHINE, name: 'run' } as Machine,
  status: 'RUNNING',
  input: {},
  startedAt: NOW - 60_000,
  abort: () => undefined,
  ...more,
});
type Page = { executions: { name: string; executionArn: string }[]; nextToken?: string };
const list = (executions: Execution[], asked: object = {}) =>
  listed(executions, { stateMachineArn: MACHINE, statusFilter: 'RUNNING', ...asked }, NOW) as Page;
const names = ({ executions }: Page) => executions.map(({ name }) => name);

describe('ListExecutions', () => {
  test('the running ones of one machine, newest first', () => {
    const other = { machine: { arn: 'arn:other', name: 'other' } as Machine };
    expect(names(list([execution(1), execution(2, { status: 'ABORTED' }), execution(3), execution(4, other)]))).toEqual(
      ['3', '1'],
    );
  });

  test('one that has just begun - does not show yet', () => {
    expect(names(list([execution(1, { startedAt: NOW - 999 }), execution(2, { startedAt: NOW - 1000 })]))).toEqual([
      '2',
    ]);
  });

  test('more than a page - goes on after the last, also when those of the page have ended meanwhile', () => {
    const all = Array.from({ length: 250 }, (_, index) => execution(index));
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = list(all, token ? { nextToken: token } : {});
      seen.push(...names(page));
      for (const one of all) if (names(page).includes(String(one.arn.split(':').at(-1)))) one.status = 'ABORTED';
      token = page.nextToken;
    } while (token);
    expect(new Set(seen).size).toBe(250);
  });

  test('a token that is none - refused', () => {
    expect(() => list([execution(1)], { nextToken: 'x' })).toThrow('Invalid Token');
  });
});

describe('direct integrations', () => {
  test('of Step Functions itself - capitals in the machine, small letters at the service', () => {
    expect(requestOf('sfn', { StateMachineArn: 'a', StatusFilter: 'RUNNING' })).toEqual({
      ...{ stateMachineArn: 'a', statusFilter: 'RUNNING' },
    });
    expect(renamed('sfn', { executions: [{ executionArn: 'a' }] }, 'toMachine')).toEqual({
      Executions: [{ ExecutionArn: 'a' }],
    });
  });

  test('of other services - as they are; an object that is published is written as JSON', () => {
    expect(requestOf('ec2', { InstanceIds: ['i-1'] })).toEqual({ InstanceIds: ['i-1'] });
    expect(requestOf('sns', { TopicArn: 'a', Message: { say: '"x"' } })).toEqual({
      TopicArn: 'a',
      Message: '{"say":"\\"x\\""}',
    });
    expect(requestOf('sns', { TopicArn: 'a', Message: 'x' })).toEqual({ TopicArn: 'a', Message: 'x' });
  });

  test('tasks - those within Maps and Parallels too', () => {
    const inner = { Stop: { Type: 'Task' }, Tell: { Type: 'Pass' } };
    const states = { Begin: { Type: 'Task' }, Each: { Type: 'Map', ItemProcessor: { States: inner } } };
    expect(tasksOf(states).map(([name]) => name)).toEqual(['Begin', 'Stop']);
    const Branches = [
      { StartAt: 'Each', States: states },
      { StartAt: 'Say', States: { Say: { Type: 'Task' } } },
    ];
    expect(tasksOf({ Both: { Type: 'Parallel', Branches } }).map(([name]) => name)).toEqual(['Begin', 'Stop', 'Say']);
  });
});

describe('a Parallel, for the interpreter', () => {
  const branches = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      StartAt: `s${index}`,
      States: { [`s${index}`]: { Type: 'Task', TimeoutSecondsPath: '$.limit' } },
    }));
  const made = (count: number, more: object) => {
    const All = { Type: 'Parallel', Branches: branches(count), ...more };
    const { States } = limited({ StartAt: 'All', States: { All } } as unknown as Machine['definition']);
    return (States['All'] as unknown as { Branches: { StartAt: string; States: object }[] }).Branches;
  };

  test('its tasks - with their limits among what they are given', () => {
    expect(made(2, {})[1]).toMatchObject({
      States: { s1: { TimeoutSecondsPath: "$['limits of the rehearsal'].timeout" } },
    });
  });

  test('more branches than run at a time - in groups, unless somebody looks at what they return', () => {
    expect(made(40, { ResultPath: null })).toHaveLength(40);
    expect(made(41, {})).toHaveLength(41);
    const groups = made(41, { ResultPath: null });
    expect(groups).toHaveLength(21);
    expect(groups[20]).toMatchObject({ StartAt: 'All, 21', States: { 'All, 21': { Branches: [{ StartAt: 's40' }] } } });
    const names = groups.flatMap(({ States }) => tasksOf(States as Machine['definition']['States']));
    expect(names.map(([name]) => name)).toEqual(branches(41).map(({ StartAt }) => StartAt));
  });
});
