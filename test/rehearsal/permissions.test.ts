import { expect, test } from '@jest/globals';
import { Iam } from '../../rehearsal/iam.ts';
import type { Rehearsal } from '../../rehearsal/index.ts';
import { Template } from '../../rehearsal/template.ts';
import { act, packaged } from './stage.ts';

// Least privilege, both ways: what a role is allowed is needed by something, and what is needed is noticed when missing.

const STAGES = ['ec2-batch', 'variants', 'environment-hours', 'berlin'] as const;

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
    // A message that comes again after it was said.
    { faults: [{ messages: 'twice', times: 1 }] },
  ],
  variants: [
    {},
    // The first notice comes again in each of the four queues.
    { faults: [{ messages: 'twice', times: 4 }] },
  ],
  'environment-hours': [
    {},
    // What failed is looked for; what is not gone is deleted again by the sweeper.
    { faults: [{ stack: 'create', fails: 'DatabaseStack/Cluster' }] },
    { faults: [{ stack: 'delete', fails: 'NetworkStack', times: 4 }] },
    { stacks: { 'chat-app': { state: 'ROLLBACK_COMPLETE' } } },
    { stacks: { 'chat-app': { state: 'DELETE_FAILED' } } },
    { faults: [{ delivery: 'lost' }] },
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
};

function allowed(template: Compiled, stage: Stage): string[] {
  return new Iam(new Template(template, packaged(stage).stage.region)).allowed();
}

const rehearsals = new Map<Stage, Promise<Set<string>[]>>();

/** What each of the days used: one after the other, since each rehearsal is a thread with a world of its own. */
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

/** The template with one action of one role taken away. */
function without(template: Compiled, permission: string): Compiled {
  const copy = structuredClone(template);
  const [role = '', action = ''] = permission.split(' ');
  const policies = copy.Resources[role]?.Properties?.['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  for (const { PolicyDocument } of policies)
    PolicyDocument.Statement = PolicyDocument.Statement.flatMap((statement) => {
      const rest = [statement.Action].flat().filter((name) => name !== action);
      return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
    });
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

test('each permission of each role taken away in turn - the rehearsal names it', async () => {
  const noticed: string[] = [];
  const missed: string[] = [];
  const known = new Set<string>();
  for (const stage of STAGES) {
    const { template } = packaged(stage);
    const days = await used(stage);
    for (const permission of allowed(template, stage)) {
      const index = days.findIndex((day) => day.has(permission));
      // Used by another stage alone, or tried in one before.
      if (index < 0 || known.has(permission)) continue;
      known.add(permission);
      const { violations } = await act(DAYS[stage][index] ?? {}, {
        ...DAY,
        stage,
        template: without(template, permission),
      });
      const [role, action] = permission.split(' ');
      const isNamed = violations.some(({ law, text }) => law === 5 && text.includes(`${role} may not ${action} on`));
      (isNamed ? noticed : missed).push(permission);
    }
  }
  expect(missed).toEqual([]);
  // As many as there are: a list that shrinks by mistake would pass the line above.
  expect(noticed.length).toBeGreaterThanOrEqual(128);
  process.stderr.write(`${noticed.length} of ${noticed.length + missed.length} missing permissions were noticed\n`);
}, 1_200_000);

test('a condition that does not hold - is a refusal', async () => {
  const template = structuredClone(packaged('ec2-batch').template);
  const text = JSON.stringify(template).replace(
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
