import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

interface State {
  Type: 'Task' | 'Choice' | 'Succeed' | 'Fail' | 'Wait' | 'Parallel' | 'Map' | 'Pass';
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Retry?: { ErrorEquals: string[] }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}
type States = Record<string, State>;

const pascal = (kebab: string) => kebab.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
const read = (...path: string[]) =>
  parse(readFileSync(join('state-machines', ...path), 'utf8'), { logLevel: 'error', maxAliasCount: -1 });

function nextOf({ Next, Default, Choices = [], Catch = [] }: State): string[] {
  return [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((caught) => caught.Next)].flatMap(
    (name) => name ?? [],
  );
}

/** Every state that can be reached from one without passing a closed one. */
function reachable(states: States, from: string, closed: string[] = []): string[] {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name; name = open.pop()) {
    const state = states[name];
    if (seen.has(name) || closed.includes(name) || !state) continue;
    seen.add(name);
    open.push(...nextOf(state));
  }
  return [...seen];
}

describe.each(readdirSync('state-machines'))('state-machines/%s', (folder) => {
  const { States: states, StartAt } = read(folder, 'definition.asl.yml') as { States: States; StartAt: string };
  const machine = read(folder, 'machine.yml');
  const ofType = (...types: State['Type'][]) => Object.entries(states).filter(([, { Type }]) => types.includes(Type));
  const functionsUsed = [
    ...new Set(
      Object.values(states).flatMap(({ Resource }) => /^(\w+)LambdaFunction\.Arn$/.exec(Resource ?? '')?.[1] ?? []),
    ),
  ];

  test('its names - the folder’s in other casings', () => {
    expect(machine).toMatchObject({
      id: pascal(folder),
      name: `lamplighter-\${sls:stage}-${folder}`,
      definition: `\${file(state-machines/${folder}/definition.asl.yml)}`,
    });
  });

  test('state names - as people speak: choices are questions, tasks are verbs, ends are outcomes', () => {
    const names = (entries: [string, State][]) => entries.map(([name]) => name);
    expect(Object.keys(states).filter((name) => !/^([A-Z][a-z]+)+$/.test(name))).toEqual([]);
    expect(names(ofType('Choice')).filter((name) => !/^(Is|Has)[A-Z]/.test(name))).toEqual([]);
    expect(
      names(ofType('Task')).filter((name) => /^(Is|Has|Not|Already|[A-Z][a-z]+(ed|ing)(?![a-z]))/.test(name)),
    ).toEqual([]);
    expect(names(ofType('Succeed', 'Fail')).filter((name) => !/ed$/.test(name))).toEqual([]);
  });

  test('every target exists, every state is reached', () => {
    const targets = Object.values(states).flatMap(nextOf);
    expect(targets.filter((name) => !states[name])).toEqual([]);
    expect(reachable(states, StartAt).sort()).toEqual(Object.keys(states).sort());
  });

  test('the functions that it calls - exist, and are exactly those that it may call', () => {
    expect(functionsUsed.filter((name) => !existsSync(join('functions', kebab(name), 'handler.ts')))).toEqual([]);
    const { Resource } = machine.permissions.find(
      ({ Action }: { Action: unknown }) => Action === 'lambda:InvokeFunction',
    );
    expect([...Resource].sort()).toEqual(functionsUsed.map((name) => `${name}LambdaFunction.Arn`).sort());
  });

  test('every task - has a time limit and is tried again', () => {
    for (const [name, state] of ofType('Task')) {
      expect([name, state.TimeoutSeconds ?? state.TimeoutSecondsPath]).toEqual([name, expect.anything()]);
      expect([name, state.Retry?.length]).toEqual([name, expect.any(Number)]);
    }
  });

  test('every task but the last words - catches everything', () => {
    const uncaught = ofType('Task').filter(([, { Catch }]) => !Catch?.at(-1)?.ErrorEquals.includes('States.ALL'));
    expect(uncaught.map(([name]) => name).filter((name) => !['SayNotAdmitted', 'Settle'].includes(name))).toEqual([]);
  });

  test('States.ALL - stands alone and last, as Step Functions wants it', () => {
    for (const { Retry = [], Catch = [] } of Object.values(states))
      for (const rules of [Retry, Catch])
        for (const [index, { ErrorEquals }] of rules.entries())
          if (ErrorEquals.includes('States.ALL')) {
            expect(ErrorEquals).toEqual(['States.ALL']);
            expect(index).toBe(rules.length - 1);
          }
  });
});

describe('state-machines/run-batch, its laws', () => {
  const { States: states } = read('run-batch', 'definition.asl.yml') as { States: States };

  test('every path that was admitted - ends in Settle', () => {
    const ends = reachable(states, 'InspectInstance', ['Settle']).filter((name) =>
      ['Succeed', 'Fail'].includes(states[name]?.Type ?? ''),
    );
    expect(ends).toEqual([]);
  });

  test('the instance is started - only after it was claimed and its safety was armed', () => {
    for (const first of ['ClaimInstance', 'ArmSafetyStop'])
      expect(reachable(states, 'Admit', [first])).not.toContain('StartInstance');
  });

  test('from the claim on - no path to Settle without the stop, or the question whether to stop', () => {
    const path = reachable(states, 'ArmSafetyStop', ['StopInstance', 'IsOursToStop']);
    expect(path).toContain('StartInstance');
    expect(path).not.toContain('Settle');
  });

  test('the safety stop - is taken away only after the instance was seen stopped', () => {
    expect(reachable(states, 'Admit', ['AwaitStopped'])).not.toContain('DisarmSafetyStop');
    expect(states['AwaitStopped']?.Catch?.map(({ Next }) => Next)).toEqual(['Settle']);
  });
});
