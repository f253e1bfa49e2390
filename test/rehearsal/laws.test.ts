import { expect, test } from '@jest/globals';
import type { Rehearsal } from '../../rehearsal/index.ts';
import { act, packaged } from './stage.ts';

// The laws are only worth what they notice: each is broken here on purpose, by a template that was tampered with.

type Template = Rehearsal['template'];
type Role = { Policies: { PolicyDocument: { Statement: object[] } }[] };
type States = Record<string, Record<string, unknown>>;

const first = { from: '2026-11-02', days: 1 };

/** The packaged template without some resources, and with changed states. */
function tampered(without: string[], change: (states: States) => void = () => undefined): Template {
  const template = structuredClone(packaged('ec2-batch').template);
  for (const id of without) delete template.Resources[id];
  const properties = template.Resources['RunBatch']?.Properties as {
    DefinitionString: { 'Fn::Sub': [string, object] };
  };
  const definition = JSON.parse(properties.DefinitionString['Fn::Sub'][0]) as { States: States };
  change(definition.States);
  properties.DefinitionString['Fn::Sub'][0] = JSON.stringify(definition);
  return template;
}

const broken = async (template: Template, scenario: object = {}, days = first) => {
  const { violations } = await act(scenario, { ...days, template });
  return [...new Set(violations.map(({ law }) => law))];
};

test('law 1 - no stop, no safety stop and no sweeper: the instance stays on, and the history is given', async () => {
  const template = tampered(['SweeperSchedule', 'LamplighterdevsweepRunsrule1EventBridgeRule'], (states) => {
    states['ClaimInstance'] = { ...states['ClaimInstance'], Next: 'StartInstance' };
    states['IsOursToStop'] = { Type: 'Pass', Next: 'Settle' };
  });
  const { violations } = await act({}, { ...first, template });
  expect(violations[0]).toMatchObject({ law: 1, text: expect.stringContaining('is on after its deadline') });
  expect(violations[0]?.history.length).toBeGreaterThan(5);
});

test('law 1 - the safety stop alone, with no code of ours: the instance is off', async () => {
  const template = tampered(['SweeperSchedule', 'LamplighterdevsweepRunsrule1EventBridgeRule'], (states) => {
    states['IsOursToStop'] = { Type: 'Pass', Next: 'Settle' };
  });
  expect(await broken(template)).not.toContain(1);
});

test('law 2 - a machine that does not ask whether it is admitted: two jobs at a time', async () => {
  const template = tampered([], (states) => {
    states['IsAdmitted'] = { Type: 'Pass', Next: 'InspectInstance' };
  });
  expect(await broken(template, { faults: [{ delivery: 'twice' }] })).toContain(2);
});

test('law 3 - runs that are never settled: no ending, nothing said', async () => {
  const template = tampered(['SweeperSchedule', 'LamplighterdevsweepRunsrule1EventBridgeRule'], (states) => {
    states['Settle'] = { Type: 'Pass', Next: 'Settled' };
  });
  expect(await broken(template)).toContain(3);
});

test('law 3 - queues that feed no function: what was said is seen by nobody, and the channel is named', async () => {
  const { Resources } = packaged('ec2-batch').template;
  const mappings = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::Lambda::EventSourceMapping');
  const { violations } = await act({}, { ...first, template: tampered(mappings) });
  expect(mappings.length).toBeGreaterThan(0);
  expect(violations).toContainEqual(
    expect.objectContaining({ law: 3, text: expect.stringMatching(/ succeeded" was never seen in discord/) }),
  );
});

test('law 4 - a machine that terminates', async () => {
  const template = tampered([], (states) => {
    states['StopInstance'] = { ...states['StopInstance'], Resource: 'arn:aws:states:::aws-sdk:ec2:terminateInstances' };
  });
  await expect(act({}, { ...first, template })).rejects.toThrow('no model of ec2.TerminateInstances');
});

test('law 5 - a machine that stops an instance which the stage file does not name', async () => {
  const template = tampered([], (states) => {
    states['StopInstance'] = { ...states['StopInstance'], Parameters: { InstanceIds: ['i-0bbbbbbbbbbbbbbbb'] } };
  });
  expect(await broken(template)).toContain(5);
});

test('law 6 - a machine that does not ask, while the stage is paused', async () => {
  const template = tampered([], (states) => {
    states['IsAdmitted'] = { Type: 'Pass', Next: 'InspectInstance' };
  });
  expect(await broken(template, { people: [{ at: '2026-11-02T08:00', act: 'pause' }] })).toContain(6);
});

test('law 9 - a notice that carries the address of the webhook', async () => {
  const template = tampered([], (states) => {
    const say = states['SayStarted'];
    states['SayStarted'] = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:ssm:getParameter',
      Parameters: { Name: '/lamplighter/dev/discord' },
      ResultPath: '$.leak',
      Next: 'Leak',
    };
    states['Leak'] = {
      ...say,
      Parameters: {
        event: 'not-admitted',
        'request.$': '$.run',
        error: { Error: 'Leak', 'Cause.$': '$.leak.Parameter.Value' },
      },
    };
  });
  const role = template.Resources['RunBatchRole']?.Properties as Role;
  role.Policies[0]?.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' });
  expect(await broken(template)).toEqual([9]);
});
