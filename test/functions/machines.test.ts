import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { because } from '../../shared/reasons.ts';

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
  Parameters?: Record<string, unknown>;
  ResultPath?: string | null;
  ItemProcessor?: { StartAt: string; States: States };
}
type States = Record<string, State>;

const pascal = (kebab: string) => kebab.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
const read = (...path: string[]) =>
  parse(readFileSync(join('state-machines', ...path), 'utf8'), { logLevel: 'error', maxAliasCount: -1 });

/** What follows when all goes well. */
function onwards({ Next, Default, Choices = [] }: State): string[] {
  return [Next, Default, ...Choices.map((choice) => choice.Next)].flatMap((name) => name ?? []);
}

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

/** The states of a machine, and of each of its Maps apart, as they follow each other. */
function levels(states: States, start: string): { states: States; start: string }[] {
  const inner = Object.values(states).flatMap(({ ItemProcessor }) =>
    ItemProcessor ? levels(ItemProcessor.States, ItemProcessor.StartAt) : [],
  );
  return [{ states, start }, ...inner];
}

describe.each(readdirSync('state-machines'))('state-machines/%s', (folder) => {
  const definition = read(folder, 'definition.asl.yml') as { States: States; StartAt: string };
  const all = levels(definition.States, definition.StartAt);
  const states: States = Object.assign({}, ...all.map((level) => level.states));
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
    for (const { states: own, start } of all) {
      const targets = Object.values(own).flatMap(nextOf);
      expect(targets.filter((name) => !own[name])).toEqual([]);
      expect(reachable(own, start).sort()).toEqual(Object.keys(own).sort());
    }
  });

  test('no two states - have one name, also where they lie in Maps', () => {
    expect(Object.keys(states)).toHaveLength(all.reduce((sum, { states: own }) => sum + Object.keys(own).length, 0));
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

  test('every path that was admitted - ends in Settle', () => {
    const first = states['IsAdmitted'];
    const admitted = first ? onwards(first).filter((name) => !['AlreadyHandled', 'Settle'].includes(name)) : [];
    const ends = admitted
      .flatMap((name) => reachable(states, name, ['Settle', 'Admit']))
      .filter((name) => ['Succeed', 'Fail'].includes(states[name]?.Type ?? ''));
    expect(ends).toEqual([]);
  });

  test('every call of AWS - is one that the machine may make', () => {
    const allowed = machine.permissions.flatMap(({ Action }: { Action: string | string[] }) => Action);
    const calls = Object.values(states).flatMap(({ Resource = '' }) => {
      const [, service = '', operation = ''] = /:::(?:aws-sdk:)?(\w+):(\w+)/.exec(Resource) ?? [];
      return service ? [`${service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`.toLowerCase()] : [];
    });
    // What the services name otherwise: https://docs.aws.amazon.com/service-authorization/
    const named = (call: string) => call.replace(/^sfn:/, 'states:').replace(/^applicationauto/, 'application-auto');
    const may = allowed.map((action: string) => action.toLowerCase());
    expect(calls.map(named).filter((call) => !may.includes(call))).toEqual([]);
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

describe('state-machines/emergency-stop, its laws', () => {
  const { States: states, StartAt } = read('emergency-stop', 'definition.asl.yml') as {
    States: States;
    StartAt: string;
  };
  const machine = read('emergency-stop', 'machine.yml');
  const targets = states['StopTargets']?.ItemProcessor?.States ?? {};

  test('it stops - whatever becomes of the gate, of the notices and of the runs', () => {
    for (const name of ['CloseGate', 'SayBegins', 'AbortRuns', 'LookAtGate'])
      for (const { Next } of states[name]?.Catch ?? [])
        expect([name, reachable(states, Next, ['Stopped', 'NotStopped'])]).toEqual([
          name,
          expect.arrayContaining(['StopTargets']),
        ]);
  });

  test('what becomes of one target - is caught in its own result', () => {
    const ends = Object.entries(targets).filter(([, state]) => 'End' in state);
    expect(ends.every(([name, { Type }]) => Type === 'Pass' && name.startsWith('Tell'))).toBe(true);
    expect(Object.values(targets).some(({ Type }) => Type === 'Fail')).toBe(false);
  });

  test('what it cuts off - is what the estate says, pipelines too, and it may', () => {
    expect(states['NameTargets']?.Parameters).toMatchObject({ machines: '${self:custom.estate.emergencyMachines}' });
    expect(machine.permissions).toEqual(
      expect.arrayContaining([
        { Action: 'states:ListExecutions', Resource: '${self:custom.estate.pipelineMachineArns}' },
        { Action: 'states:StopExecution', Resource: '${self:custom.estate.pipelineExecutionArns}' },
      ]),
    );
  });

  test('an instance that cannot be seen - is stopped all the same', () => {
    expect(reachable(targets, 'IsInstanceMissing')).toContain('StopInstance');
  });

  test('workers that cannot be seen, or whose scaling cannot be held - are stopped all the same', () => {
    expect(reachable(targets, 'IsClusterMissing')).toContain('StopWorkers');
    expect(targets['HoldWorkers']?.Catch?.map(({ Next }) => Next)).toEqual(['StopWorkers']);
  });

  test('workers - are stopped only after what scales them was held at none', () => {
    expect(targets['HoldWorkers']?.Parameters).toMatchObject({ MinCapacity: 0, MaxCapacity: 0 });
    expect(reachable(targets, 'IsInstance', ['HoldWorkers'])).not.toContain('StopWorkers');
  });

  test('it needs none of our functions to stop anything - only to say it', () => {
    const functions = Object.entries(states).filter(([, { Resource }]) => /LambdaFunction/.test(Resource ?? ''));
    expect(functions.map(([name]) => name)).toEqual(['SayBegins', 'SayEnds']);
    expect(reachable(states, StartAt, ['SayBegins', 'SayEnds'])).toContain('CloseGate');
    expect(Object.values(targets).filter(({ Resource }) => /LambdaFunction/.test(Resource ?? ''))).toEqual([]);
  });

  test('it deletes nothing itself, and looks at more than one round', () => {
    const actions = machine.permissions.flatMap(({ Action }: { Action: string | string[] }) => Action);
    expect(actions.filter((action: string) => /Delete|Terminate/.test(action))).toEqual([]);
    expect(states['IsAnotherRoundDue']?.Choices?.[0]).toMatchObject({ NumericLessThan: 2, Next: 'WaitForStragglers' });
  });

  test('runs that it cuts off - are told as those that somebody stopped', () => {
    const { ItemSelector } = states['AbortRuns'] as { ItemSelector?: Record<string, string> };
    expect(ItemSelector?.['cause.$']).toBe(`States.Format('${because('stoppedBy', '{}', '{}')}', $.by, $.why)`);
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

describe.each(['start-environment', 'stop-environment'])('state-machines/%s, its laws', (folder) => {
  const { States: states } = read(folder, 'definition.asl.yml') as { States: States };
  const machine = read(folder, 'machine.yml');
  const deleting = Object.keys(states).filter((name) => states[name]?.Resource?.endsWith(':deleteStack'));

  test('a stack is deleted - only after its data was looked at', () => {
    expect(deleting.length).toBeGreaterThan(0);
    for (const name of deleting) expect(reachable(states, 'Admit', ['CheckDataLoss'])).not.toContain(name);
    // Whatever it finds wrong ends in Settle.
    expect(states['CheckDataLoss']?.Catch?.map(({ Next }) => Next)).toEqual(['Settle']);
  });

  test('a stack is deleted - by its id, not by its name, with the role of the stage file and a token of its own', () => {
    const tokens = deleting.map((name) => states[name]?.Parameters?.['ClientRequestToken.$']);
    expect(new Set(tokens).size).toBe(deleting.length);
    for (const name of deleting)
      expect(states[name]?.Parameters).toMatchObject({
        'StackName.$': '$.found.id',
        'RoleARN.$': '$.run.stack.roleArn',
      });
  });

  test('what it may do to stacks - on those of the stage file alone, and it may pass their roles to CloudFormation only', () => {
    const rules = machine.permissions as { Action: string | string[]; Resource: unknown; Condition?: unknown }[];
    const of = (service: string) =>
      rules.filter(({ Action }) => [Action].flat().some((one) => one.startsWith(service)));
    expect(of('cloudformation:').map(({ Resource }) => Resource)).toEqual(['${self:custom.estate.stackArns}']);
    expect(of('iam:')).toEqual([
      {
        Action: 'iam:PassRole',
        Resource: '${self:custom.estate.stackRoleArns}',
        Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
      },
    ]);
  });

  test('somebody is at the stack - it is asked again, as long as check-stack has patience', () => {
    const looks = Object.entries(states).filter(([, { Resource }]) => Resource === 'CheckStackLambdaFunction.Arn');
    expect(looks.length).toBeGreaterThan(1);
    for (const [name, { Retry = [], Parameters }] of looks) {
      expect([name, Retry[0]]).toMatchObject([name, { ErrorEquals: ['StackInProgress'], MaxAttempts: 99999 }]);
      expect(Retry[1]).toMatchObject({ ErrorEquals: expect.arrayContaining(['DeadlineExceeded']), MaxAttempts: 0 });
      const until = name === 'LookAtStack' ? '$.run.waitUntil' : '$.run.deadlineAt';
      expect([name, Parameters?.['until.$']]).toEqual([name, until]);
    }
  });

  test('another run is going on - it is waited for, and Admit is asked the same again', () => {
    expect(states['WaitForOtherRun']).toMatchObject({ Type: 'Wait', Seconds: 60, Next: 'Admit' });
    expect(states['Admit']?.Parameters).toEqual({
      'request.$': '$$.Execution.Input',
      act: folder.split('-')[0],
      'execution.$': '$$.Execution.Id',
      'startedAt.$': '$$.Execution.StartTime',
    });
  });

  test('what Settle judges by - is kept on the way: the plan, what was found, and the error', () => {
    for (const [name, { Type, ResultPath, Catch = [] }] of Object.entries(states)) {
      if (Type !== 'Task' || ['Admit', 'Settle', 'SayNotAdmitted'].includes(name)) continue;
      expect([name, ResultPath]).not.toEqual([name, undefined]);
      expect(['$.run', '$']).not.toContain(ResultPath);
      for (const { Next, ResultPath: into } of Catch as { Next: string; ResultPath?: string }[])
        if (Next === 'Settle') expect([name, into]).toEqual([name, '$.error']);
    }
  });

  test('its news cannot be said - the work goes on', () => {
    const [say = ''] = Object.keys(states).filter((name) => /^Say(Starting|Stopping)$/.test(name));
    expect(states[say]?.Catch).toEqual([expect.objectContaining({ Next: states[say]?.Next, ResultPath: '$.unsaid' })]);
  });
});

describe('state-machines/start-environment', () => {
  const { States: states } = read('start-environment', 'definition.asl.yml') as { States: States };

  test('a stack is created - only with all its images, and never twice', () => {
    expect(reachable(states, 'Admit', ['LookUpImages'])).not.toContain('CreateStack');
    expect(states['LookUpImages']?.Catch?.map(({ Next }) => Next)).toEqual(['Settle']);
    expect(reachable(states, 'AwaitStack')).not.toContain('CreateStack');
  });

  test('it was made by an attempt whose answer was lost - followed by its name, as one that was created', () => {
    expect(states['CreateStack']?.Retry?.[0]).toMatchObject({
      ErrorEquals: ['CloudFormation.AlreadyExistsException'],
      MaxAttempts: 0,
    });
    expect(states['CreateStack']?.Catch?.[0]).toMatchObject({ Next: 'FollowByName' });
    expect(states['FollowByName']).toMatchObject({ Next: 'AwaitStack' });
  });

  test('a stack that is up - is never deleted', () => {
    expect(reachable(states, 'LookUpNewerImages')).not.toContain('DeleteBrokenStack');
    const recreate = (states['IsBroken']?.Choices ?? []).map(({ Next }) => Next);
    expect(recreate).toEqual(['CheckDataLoss']);
    expect(reachable(states, 'Admit', ['IsBroken'])).not.toContain('DeleteBrokenStack');
  });

  test('an update - changes nothing but the images', () => {
    expect(states['UpdateStack']?.Parameters).toMatchObject({ UsePreviousTemplate: true });
    expect(states['UpdateStack']?.Parameters).not.toHaveProperty('TemplateURL.$');
  });
});

describe('state-machines/stop-environment', () => {
  const { States: states } = read('stop-environment', 'definition.asl.yml') as { States: States };

  test('it could not be deleted - once more, and then a person is told', () => {
    expect(states['AwaitDeleted']?.Catch?.[0]).toMatchObject({
      ErrorEquals: ['StackNotDeleted'],
      Next: 'DeleteStackAgain',
    });
    expect(reachable(states, 'DeleteStackAgain')).not.toContain('DeleteStack');
    expect(states['AwaitDeletedAgain']?.Catch?.map(({ Next }) => Next)).toEqual(['Settle']);
  });

  test('nothing is created or updated by it', () => {
    const calls = Object.values(states).flatMap(({ Resource = '' }) => /cloudformation:\w+/.exec(Resource)?.[0] ?? []);
    expect(new Set(calls)).toEqual(new Set(['cloudformation:deleteStack']));
  });
});

test('state-machines/run-batch, while a person keeps it on - asked each minute before it is stopped, and stopped when nobody can be asked', () => {
  const { States: states } = read('run-batch', 'definition.asl.yml') as { States: States };
  expect(reachable(states, 'StartInstance', ['AwaitRelease'])).not.toContain('StopInstance');
  expect(states['AwaitRelease']).toMatchObject({ ResultPath: null, Next: 'StopInstance' });
  expect(states['AwaitRelease']?.Retry?.[0]).toMatchObject({
    ErrorEquals: ['Kept'],
    IntervalSeconds: 60,
    BackoffRate: 1,
  });
  expect(states['AwaitRelease']?.Catch).toMatchObject([{ ErrorEquals: ['States.ALL'], Next: 'StopInstance' }]);
});
