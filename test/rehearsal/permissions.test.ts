import { expect, test } from '@jest/globals';
import { Iam } from '../../rehearsal/iam.ts';
import type { Rehearsal } from '../../rehearsal/index.ts';
import { Template } from '../../rehearsal/template.ts';
import { act, packaged } from './stage.ts';

// Least privilege, both ways: what a role is allowed is needed by something, and what is needed is noticed when missing.

const STAGES = ['ec2-batch', 'variants', 'environment-hours', 'berlin', 'saturday'] as const;

type Stage = (typeof STAGES)[number];
type Compiled = Rehearsal['template'];
type Statement = { Action: string | string[] };

const DAY = { from: '2026-11-02', days: 1 };

/** Days that between them need everything that the roles are allowed, in whichever of the stages. */
const DAYS: Record<Stage, object[]> = {
  'ec2-batch': [
    {},
    // The safety stop alone: the execution is gone, and nobody sweeps.
    {
      faults: [
        { abort: 'StartInstance', runs: [2] },
        { function: 'sweep-runs', crashes: 999 },
      ],
    },
    {
      faults: [
        { delivery: 'lost', runs: [2] },
        { abort: 'AwaitRunning', runs: [3] },
      ],
    },
    // Past its deadline and still going on; a safety stop that goes to the dead letters.
    {
      faults: [
        { job: 'hangs', runs: [1] },
        { function: 'settle-run', crashes: 6 },
        { call: 'ec2.StopInstances', error: 'InternalError', from: '2026-11-02T02:00', to: '2026-11-02T20:00' },
      ],
    },
    // Cut off at the deadline, by whoever is first: Systems Manager or our machine.
    { faults: [{ job: 'hangs' }] },
    // Starts that go to the dead letters.
    {
      faults: [
        { call: 'sfn.StartExecution', error: 'ServiceUnavailable', from: '2026-11-02T09:00', to: '2026-11-02T12:00' },
      ],
    },
    {
      people: [
        { at: '2026-11-02T08:00', act: 'pause', workload: 'makenaide' },
        { at: '2026-11-02T14:00', act: 'resume', workload: 'makenaide' },
        { at: '2026-11-02T15:00', act: 'look', workload: 'makenaide' },
        { at: '2026-11-02T16:00', act: 'start', workload: 'makenaide' },
        { at: '2026-11-02T16:15', act: 'stop', workload: 'makenaide' },
      ],
    },
    // An emergency, whose gate is closed and looked at; another that nobody of ours can put into words.
    {
      people: [
        { at: '2026-11-02T09:10', act: 'emergency-stop' },
        { at: '2026-11-02T20:00', act: 'resume' },
      ],
    },
    { people: [{ at: '2026-11-02T09:10', act: 'emergency-stop' }], faults: [{ function: 'send-notice', crashes: 99 }] },
    // A message that comes again after it was said.
    { faults: [{ messages: 'twice', times: 1 }] },
    // An incident that somebody sees to, and more of them at once than anybody can read.
    {
      alarms: [
        { at: '2026-11-02T10:00', name: 'cpu-high' },
        { at: '2026-11-02T12:00', name: 'disk', count: 60, over: '1m', distinct: 60, state: 'ALARM' },
        { at: '2026-11-02T13:00', name: 'disk', count: 60, over: '1m', distinct: 60, state: 'OK' },
      ],
      people: [{ at: '2026-11-02T10:30', act: 'acknowledge', cause: 'cpu-high' }],
    },
  ],
  variants: [
    {},
    // The first notice comes again in each of the four queues.
    { faults: [{ messages: 'twice', times: 4 }] },
    // A digest that goes to the dead letters.
    { faults: [{ function: 'send-digest', crashes: 3 }] },
    // No channel takes what is critical, each has another one carry it; a test that goes to the dead letters.
    {
      alarms: [{ at: '2026-11-02T14:00', name: 'cpu-high' }],
      faults: [
        { webhook: 503, from: '2026-11-02T14:00', to: '2026-11-02T14:10' },
        { call: 'sns.Publish', error: 'InternalError', from: '2026-11-02T14:00', to: '2026-11-02T14:10' },
        { call: 'sns.Publish', error: 'InternalError', from: '2026-11-02T12:04', to: '2026-11-02T12:20' },
      ],
    },
  ],
  'environment-hours': [
    {},
    // What failed is looked for; what is not gone is deleted again by the sweeper.
    { faults: [{ stack: 'create', fails: 'DatabaseStack/Cluster' }] },
    { faults: [{ stack: 'delete', fails: 'NetworkStack', times: 4 }] },
    { stacks: { 'chat-app': { state: 'ROLLBACK_COMPLETE' } } },
    { stacks: { 'chat-app': { state: 'DELETE_FAILED' } } },
    { faults: [{ delivery: 'lost' }] },
    { people: [{ at: '2026-11-02T10:10', act: 'emergency-stop' }] },
    { faults: [{ abort: 'LookUpImages', runs: [1] }] },
    // Both machines and both functions that talk to people, and starts and stops that go to the dead letters.
    {
      people: [
        { at: '2026-11-02T07:00', act: 'start', workload: 'chat-app', until: '2026-11-02T08:00' },
        { at: '2026-11-02T12:00', act: 'stop', workload: 'chat-app', until: '2026-11-02T20:00' },
        { at: '2026-11-02T13:00', act: 'keep', workload: 'chat-app', until: '2026-11-02T19:00' },
        { at: '2026-11-02T14:00', act: 'look', workload: 'chat-app' },
      ],
    },
    {
      faults: [
        { call: 'sfn.StartExecution', error: 'ServiceUnavailable', from: '2026-11-02T09:00', to: '2026-11-02T20:00' },
      ],
    },
  ],
  // An update to newer images, and a question how it is.
  berlin: [{}, { stacks: { shop: { state: 'CREATE_COMPLETE' } } }],
  // The bill, limits that are reached, and AWS's own budget.
  saturday: [
    {},
    {
      people: [{ at: '2026-11-02T22:00', act: 'resume' }],
      faults: [
        { instance: 'started', at: '2026-11-02T12:00', workload: 'report', as: 'p5.48xlarge' },
        { call: 'ec2.DescribeInstances', error: 'InternalError', from: '2026-11-02T14:00', to: '2026-11-02T14:40' },
      ],
    },
    {
      faults: [
        { function: 'guard-cost', crashes: 999 },
        { instance: 'started', at: '2026-11-02T03:00', workload: 'report', as: 'p5.48xlarge' },
      ],
    },
    {
      faults: [
        { call: 'lambda.InvokeFunction', error: 'ServiceException', from: '2026-11-02T09:00', to: '2026-11-02T13:00' },
      ],
    },
  ],
};

function allowed(template: Compiled, stage: Stage): string[] {
  return new Iam(new Template(template, packaged(stage).stage.region)).allowed();
}

const rehearsals = new Map<Stage, Promise<Set<string>[]>>();

/** What each of the days used: one after the other, since each rehearsal keeps a processor busy. */
function used(stage: Stage): Promise<Set<string>[]> {
  const known =
    rehearsals.get(stage) ??
    (async () => {
      const days: Set<string>[] = [];
      for (const scenario of DAYS[stage]) days.push(new Set((await act(scenario, { ...DAY, stage })).permissionsUsed));
      return days;
    })();
  rehearsals.set(stage, known);
  return known;
}

/** The template with actions of roles taken away. */
function without(template: Compiled, permissions: string[]): Compiled {
  const copy = structuredClone(template);
  for (const permission of permissions) {
    const [role = '', action = ''] = permission.split(' ');
    const policies = copy.Resources[role]?.Properties?.['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
    for (const { PolicyDocument } of policies)
      PolicyDocument.Statement = PolicyDocument.Statement.flatMap((statement) => {
        const rest = [statement.Action].flat().filter((name) => name !== action);
        return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
      });
  }
  return copy;
}

test.each(STAGES)(
  '%s: every action that a role is allowed - is used by a rehearsal',
  async (stage) => {
    const days = (await Promise.all(STAGES.map(used))).flat();
    const unused = allowed(packaged(stage).template, stage).filter((name) => !days.some((day) => day.has(name)));
    expect(unused).toEqual([]);
  },
  600_000,
);

/**
 * Takes permissions away that a day used, and returns those that the rehearsal does not name. All at once: what comes
 * after a refusal does not happen, so what is not named yet is looked for again with the named ones given back, until
 * nothing more is named. The first that the day needs is always reached, and alone each is the first.
 */
async function unnamed(stage: Stage, day: object, permissions: string[]): Promise<string[]> {
  let missed = permissions;
  for (let before = Number.POSITIVE_INFINITY; missed.length > 0 && missed.length < before; ) {
    before = missed.length;
    const template = without(packaged(stage).template, missed);
    const { violations } = await act(day, { ...DAY, stage, template });
    const refusals = violations.filter(({ law }) => law === 5).map(({ text }) => text);
    missed = missed.filter((permission) => {
      const [role, action] = permission.split(' ');
      return !refusals.some((text) => text.includes(`${role} may not ${action} on`));
    });
  }
  return missed;
}

test('each permission of each role taken away - the rehearsal names it', async () => {
  const missed: string[] = [];
  const known = new Set<string>();
  for (const stage of STAGES) {
    const days = await used(stage);
    const names = allowed(packaged(stage).template, stage);
    for (const [index, day] of days.entries()) {
      // Not what was tried in a day or a stage before.
      const fresh = names.filter((name) => day.has(name) && !known.has(name));
      for (const name of fresh) known.add(name);
      // Apart, or each of many notices of what is refused is tried for hours at a channel that cannot say it.
      const { channel = [], rest = [] } = Object.groupBy(fresh, (name) =>
        name.startsWith('Notify') ? 'channel' : 'rest',
      );
      for (const permissions of [channel, rest])
        missed.push(...(await unnamed(stage, DAYS[stage][index] ?? {}, permissions)));
    }
  }
  expect(missed).toEqual([]);
  // As many as there are: a list that shrinks by mistake would pass the line above.
  expect(known.size).toBeGreaterThanOrEqual(160);
  process.stderr.write(`${known.size - missed.length} of ${known.size} missing permissions were noticed\n`);
}, 1_200_000);

test('a condition that does not hold - is a refusal', async () => {
  const template = structuredClone(packaged('ec2-batch').template);
  const text = JSON.stringify(template).replaceAll(
    '"iam:PassedToService":"scheduler.amazonaws.com"',
    '"iam:PassedToService":"ec2.amazonaws.com"',
  );
  const { violations } = await act({}, { ...DAY, template: JSON.parse(text) });
  expect(violations[0]?.text).toMatch(/RunBatchRole may not iam:PassRole on/);
});

test('an instance that the stage file does not name - is refused by IAM, not by code alone', async () => {
  const ready = packaged('ec2-batch');
  const stage = structuredClone(ready.stage);
  const workload = stage.workloads['makenaide'];
  if (workload?.kind === 'batch') workload.instance.id = 'i-0bbbbbbbbbbbbbbbb';
  const { rehearse } = await import('../../rehearsal/index.ts');
  const { parseScenario } = await import('../../rehearsal/scenario.ts');
  const { mkdtempSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const stageFile = `${mkdtempSync(`${tmpdir()}/lamplighter-foreign-`)}/stage.json`;
  writeFileSync(stageFile, JSON.stringify(stage));
  // The functions are told another instance than the roles of the template were made for.
  const report = await rehearse({ ...ready, stage, stageFile, scenario: parseScenario({}), ...DAY, seed: 1 });
  expect(report.violations.map(({ text }) => text).join()).toMatch(
    /StartInstanceRole may not ec2:StartInstances on .*i-0bbbbbbbbbbbbbbbb/,
  );
  expect(report.workloads['makenaide']?.onHours).toBe(0);
});
