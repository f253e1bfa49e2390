import { expect, test } from '@jest/globals';
import { Iam } from '../../rehearsal/iam.ts';
import type { Rehearsal, Report } from '../../rehearsal/index.ts';
import { Template } from '../../rehearsal/template.ts';
import { act, packaged } from './stage.ts';

// Least privilege, both ways: what a role is allowed is needed by something, and what is needed is noticed when missing.
//
// Nothing but IAM's evaluation reads a policy. So a day without a permission goes as the day with it, up to the first
// call that this permission alone let pass; there it is refused, and the refusal breaks law 5. Each day says which
// permissions those are, and that a refusal comes out as said is rehearsed on some of each service.

const STAGES = [
  'ec2-batch',
  'variants',
  'environment-hours',
  'berlin',
  'saturday',
  'services',
  'hybrid-queue-scaling',
  'queues',
  'daily-batch',
  'pipelines',
] as const;

type Stage = (typeof STAGES)[number];
type Compiled = Rehearsal['template'];
type Statement = { Action: string | string[] };

const DAY = { from: '2026-11-02', days: 1 };

/** A scenario, and the time at which its day ends; midnight without it. What comes each minute is dear. */
type Day = { until?: string } & Record<string, unknown>;

/** Days that between them need everything that the roles are allowed, in whichever of the stages, and no day more than that. */
const DAYS: Record<Stage, Day[]> = {
  'ec2-batch': [
    // The safety stop alone: the execution is gone, and nobody sweeps.
    {
      faults: [
        { abort: 'StartInstance', runs: [2] },
        { function: 'sweep-runs', crashes: 999 },
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
    {
      people: [
        { at: '2026-11-02T08:00', act: 'pause', workload: 'makenaide' },
        { at: '2026-11-02T14:00', act: 'resume', workload: 'makenaide' },
        { at: '2026-11-02T15:00', act: 'look', workload: 'makenaide' },
        { at: '2026-11-02T16:00', act: 'start', workload: 'makenaide' },
        { at: '2026-11-02T16:15', act: 'stop', workload: 'makenaide' },
      ],
    },
    // An emergency that nobody of ours can put into words.
    { people: [{ at: '2026-11-02T09:10', act: 'emergency-stop' }], faults: [{ function: 'send-notice', crashes: 99 }] },
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
    // Somebody looks, also at a page that asks for a token.
    { people: [{ at: '2026-11-02T10:00', act: 'look', workload: 'spring' }] },
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
    // What is not gone is deleted again by the sweeper.
    { faults: [{ stack: 'delete', fails: 'NetworkStack', times: 4 }] },
    { stacks: { 'chat-app': { state: 'ROLLBACK_COMPLETE' } } },
    { stacks: { 'chat-app': { state: 'DELETE_FAILED' } } },
    // Both machines and both functions that talk to people.
    {
      people: [
        { at: '2026-11-02T07:00', act: 'start', workload: 'chat-app', until: '2026-11-02T08:00' },
        { at: '2026-11-02T12:00', act: 'stop', workload: 'chat-app', until: '2026-11-02T20:00' },
        { at: '2026-11-02T13:00', act: 'keep', workload: 'chat-app', until: '2026-11-02T19:00' },
        { at: '2026-11-02T14:00', act: 'look', workload: 'chat-app' },
      ],
    },
  ],
  // An update to newer images, and a question how it is.
  berlin: [{ stacks: { shop: { state: 'CREATE_COMPLETE' } } }],
  // The bill, limits that are reached, and AWS's own budget.
  saturday: [
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
  ],
  // What is watched and recovered.
  services: [
    {
      until: '04:30',
      addresses: { app: 'public' },
      person: { repairs: 'never' },
      faults: [
        { incident: 'status-check', workload: 'app', at: '2026-11-02T00:20' },
        { incident: 'hang', workload: 'tasks', at: '2026-11-02T01:20', cure: 'redeploy' },
        { incident: 'status-check', workload: 'fleet', at: '2026-11-02T02:20' },
      ],
      people: [
        { at: '2026-11-02T00:35', act: 'approve', workload: 'app' },
        { at: '2026-11-02T03:30', act: 'recover', workload: 'app' },
      ],
    },
    // Cut off between stop and start, and swept; checks and sweeps that go to the dead letters.
    {
      until: '02:00',
      person: { repairs: 'never' },
      faults: [
        { incident: 'hang', workload: 'app', at: '2026-11-02T00:20', cure: 'stop-start' },
        { abort: 'AwaitStopped', workload: 'app' },
        { function: 'sweep-recoveries', crashes: 3 },
        { function: 'check-health', crashes: 2 },
      ],
      people: [{ at: '2026-11-02T00:35', act: 'approve', workload: 'app' }],
    },
    // A word that is given in Discord, asked back and confirmed; one that goes to the dead letters before.
    {
      until: '02:30',
      faults: [{ function: 'carry-out-command', crashes: 1 }],
      people: [
        { at: '2026-11-02T02:05', act: 'pause', workload: 'nightly', through: 'discord' },
        { at: '2026-11-02T02:10', act: 'stop', workload: 'nightly', through: 'discord' },
      ],
    },
  ],
  // Workers in mid-burst that are stopped, a memory that is full, and somebody who looks.
  'hybrid-queue-scaling': [
    {
      until: '01:30',
      queues: {
        crawl: {
          ...{ bursts: [{ at: '2026-11-02T00:10', jobs: 900 }], keeps: true },
          memory: { percent: 85, perThousand: 1 },
        },
      },
      people: [
        { at: '2026-11-02T00:16', act: 'emergency-stop' },
        { at: '2026-11-02T00:50', act: 'resume' },
        { at: '2026-11-02T01:10', act: 'look', workload: 'crawl' },
      ],
    },
    // Minutes that go to the dead letters: the guard asks ECS itself.
    { until: '03:00', faults: [{ function: 'tend-queues', crashes: 999 }] },
  ],
  queues: [{ until: '01:00' }],
  'daily-batch': [
    // Late, and told so; a step that is cut off at its deadline.
    {
      faults: [
        { step: 'kospi', workload: 'collection', takes: '470s' },
        { step: 'save', workload: 'collection', takes: '150s' },
        { step: 'compute-1', workload: 'indicators', ends: 'hangs' },
      ],
    },
    // Lost by AWS: begun by who watches, and by the sweeper where nobody does.
    { faults: [{ delivery: 'lost', workload: 'collection' }] },
    {
      faults: [
        { delivery: 'lost', workload: 'collection' },
        { function: 'watch-pipeline', crashes: 3 },
      ],
    },
    // Asked after long after its deadline, since nobody answers: the sweeper, which crashes at first, cuts it off.
    {
      faults: [
        { step: 'save', workload: 'collection', takes: '29m' },
        {
          call: 'ssm.GetCommandInvocation',
          error: 'InternalServerError',
          from: '2026-11-02T16:50',
          to: '2026-11-02T20:00',
        },
        { function: 'sweep-pipelines', crashes: 3 },
      ],
    },
    // Starts that go to the dead letters.
    {
      faults: [
        { call: 'sfn.StartExecution', error: 'ServiceUnavailable', from: '2026-11-02T16:30', to: '2026-11-02T18:00' },
        { call: 'lambda.InvokeFunction', error: 'ServiceException', from: '2026-11-02T16:30', to: '2026-11-02T18:00' },
      ],
    },
    {
      people: [
        { at: '2026-11-02T16:31', act: 'look', workload: 'collection' },
        { at: '2026-11-02T16:32', act: 'stop', workload: 'collection' },
        { at: '2026-11-02T18:00', act: 'catch-up', workload: 'collection', which: 'latest', since: '2026-11-02' },
        { at: '2026-11-02T19:00', act: 'start', workload: 'indicators' },
        { at: '2026-11-02T19:01', act: 'emergency-stop' },
      ],
    },
  ],
  // Steps of every sort, of which some are cut off.
  pipelines: [
    {
      faults: [
        { step: 'warehouse', ends: 'hangs', runs: [2] },
        { step: 'report', ends: 'hangs', runs: [2] },
      ],
    },
    // Cut off beside a task of ECS that Step Functions does not get stopped: the sweeper does.
    {
      until: '08:00',
      faults: [
        { abort: 'Await warehouse', workload: 'everything', runs: [1] },
        { step: 'report', ends: 'hangs', runs: [1] },
        { call: 'ecs.StopTask', error: 'ServerException', times: 1 },
      ],
    },
  ],
};

function allowed(template: Compiled, stage: Stage): string[] {
  return new Iam(new Template(template, packaged(stage).stage.region)).allowed();
}

/** Of each service some that are really taken away: from functions, machines, schedules, and where no code calls. */
const TAKEN_AWAY: [Stage, string][] = [
  ['ec2-batch', 'SettleRunRole dynamodb:DeleteItem'],
  ['ec2-batch', 'RunBatchRole dynamodb:UpdateItem'],
  ['ec2-batch', 'StartInstanceRole ec2:StartInstances'],
  ['ec2-batch', 'SafetyStopRole ec2:StopInstances'],
  ['ec2-batch', 'RunBatchRole iam:PassRole'],
  ['ec2-batch', 'RunBatchRole lambda:InvokeFunction'],
  ['ec2-batch', 'ScheduleRole lambda:InvokeFunction'],
  ['ec2-batch', 'AdmitRunRole logs:PutLogEvents'],
  ['ec2-batch', 'RunBatchRole scheduler:CreateSchedule'],
  ['ec2-batch', 'SendNoticeRole sns:Publish'],
  ['ec2-batch', 'RouteNoticesRole sqs:ReceiveMessage'],
  ['daily-batch', 'ScheduleRole sqs:SendMessage'],
  ['saturday', 'GuardCostRole sqs:SendMessage'],
  ['ec2-batch', 'RunBatchRole ssm:SendCommand'],
  ['variants', 'RouteNoticesRole ssm:GetParameter'],
  ['saturday', 'BackstopRole ssm:StartAutomationExecution'],
  ['ec2-batch', 'ScheduleRole states:StartExecution'],
  ['environment-hours', 'StartEnvironmentRole cloudformation:CreateStack'],
  ['environment-hours', 'LookUpImageTagsRole ecr:DescribeImages'],
  ['environment-hours', 'StartEnvironmentRole s3:GetObject'],
  ['saturday', 'GuardCostRole ce:GetCostAndUsage'],
  ['services', 'OrderRecoveryRole states:SendTaskSuccess'],
  ['services', 'RecoverServiceRole ec2:RebootInstances'],
  ['services', 'RecoverServiceRole autoscaling:SetInstanceHealth'],
  ['services', 'RecoverServiceRole ecs:UpdateService'],
  ['pipelines', 'EverythingPipelineRole events:PutRule'],
  ['daily-batch', 'SweepPipelinesRole states:StopExecution'],
  ['hybrid-queue-scaling', 'TendQueuesRole application-autoscaling:RegisterScalableTarget'],
];

type Seen = Pick<Report, 'permissionsUsed' | 'permissionsNeeded' | 'violations'>;

const rehearsals = new Map<Stage, Promise<Seen[]>>();

/** What each of the days used: one after the other, since each rehearsal keeps a processor busy. */
function rehearsed(stage: Stage): Promise<Seen[]> {
  const known =
    rehearsals.get(stage) ??
    (async () => {
      const seen: Seen[] = [];
      for (const day of DAYS[stage]) seen.push(await rehearse(day, stage));
      return seen;
    })();
  rehearsals.set(stage, known);
  return known;
}

function rehearse({ until, ...scenario }: Day, stage: Stage, more: Parameters<typeof act>[1] = {}): Promise<Report> {
  return act(scenario, { ...DAY, stage, ...(until && { until }), ...more });
}

/** The template with an action of a role taken away. */
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

/** One role with these statements. */
function iamOf(Statement: object[]): { iam: Iam; role: string } {
  const Properties = { Policies: [{ PolicyDocument: { Statement } }] };
  const template = new Template({ Resources: { R: { Type: 'AWS::IAM::Role', Properties } } }, 'eu-west-1');
  return { iam: new Iam(template), role: template.arn('R') };
}

/** The refusals of a rehearsal, in order. */
function refusals({ violations }: Pick<Report, 'violations'>): string[] {
  return violations.filter(({ law }) => law === 5).map(({ text }) => text);
}

test.each(STAGES)(
  '%s: every action that a role is allowed - is used by a rehearsal',
  async (stage) => {
    const used = new Set((await Promise.all(STAGES.map(rehearsed))).flat().flatMap((day) => day.permissionsUsed));
    expect(allowed(packaged(stage).template, stage).filter((name) => !used.has(name))).toEqual([]);
  },
  600_000,
);

test('each permission of each role taken away - the day that needs it names the refusal', async () => {
  const noticed = new Set<string>();
  for (const stage of STAGES) {
    const days = await rehearsed(stage);
    const needed = new Set(days.flatMap((day) => day.permissionsNeeded));
    const used = new Set(days.flatMap((day) => day.permissionsUsed));
    const names = allowed(packaged(stage).template, stage).filter((name) => used.has(name));
    expect({ stage, unnoticed: names.filter((name) => !needed.has(name)) }).toEqual({ stage, unnoticed: [] });
    for (const name of names) noticed.add(name);
  }
  // As many as there are: a list that shrinks by mistake would pass the lines above.
  expect(noticed.size).toBeGreaterThanOrEqual(413);
}, 600_000);

test.each(TAKEN_AWAY)(
  '%s: %s really taken away - the first refusal names it',
  async (stage, permission) => {
    const days = await rehearsed(stage);
    const index = days.findIndex(({ permissionsNeeded }) => permissionsNeeded.includes(permission));
    expect(index).not.toBe(-1);
    const template = without(packaged(stage).template, permission);
    const [role, action] = permission.split(' ');
    const refusal = `IAM: ${role} may not ${action} on `;

    const report = await rehearse(DAYS[stage][index] ?? {}, stage, { template, brokenAt: 5 });

    expect(refusals(report)[0]).toContain(refusal);
    expect(report.permissionsUsed).not.toContain(permission);
    expect(refusals(days[index] ?? report).join()).not.toContain(refusal);
  },
  600_000,
);

test('of each service - something is really taken away', () => {
  const serviceOf = (permission: string) => permission.replace(/^.* (.*):.*$/, '$1');
  const services = STAGES.flatMap((stage) => allowed(packaged(stage).template, stage)).map(serviceOf);
  expect(new Set(TAKEN_AWAY.map(([, permission]) => serviceOf(permission)))).toEqual(new Set(services));
});

test('an action that is allowed twice - is used, and taken away it would not be noticed', () => {
  const one = { Effect: 'Allow', Action: ['ec2:StopInstances', 'ec2:StartInstances'], Resource: 'i-1' };
  const any = { Effect: 'Allow', Action: 'ec2:St*', Resource: '*' };
  const stopping = (resource: string) => [{ action: 'ec2:StopInstances', resource }];
  const needed = ({ used, needed }: Iam) => ({ used: [...used], needed: [...needed] });

  const [once, twice] = [iamOf([one]), iamOf([one, any])];
  for (const { iam, role } of [once, twice]) iam.authorize(role, stopping('i-1'));
  expect(needed(once.iam)).toEqual({ used: ['R ec2:StopInstances'], needed: ['R ec2:StopInstances'] });
  expect(needed(twice.iam)).toEqual({ used: ['R ec2:StopInstances'], needed: [] });

  // What the narrow one does not allow is let pass by the wide one alone.
  twice.iam.authorize(twice.role, stopping('i-2'));
  expect(needed(twice.iam)).toEqual({ used: ['R ec2:StopInstances'], needed: ['R ec2:St*'] });
});

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
  const { stage } = packaged('ec2-batch');
  const workload = stage.workloads['makenaide'];
  if (workload?.kind === 'batch') workload.instance.id = 'i-0bbbbbbbbbbbbbbbb';
  // The functions are told another instance than the roles of the template were made for.
  const report = await act({}, { ...DAY, compiled: stage });
  expect(report.violations.map(({ text }) => text).join()).toMatch(
    /StartInstanceRole may not ec2:StartInstances on .*i-0bbbbbbbbbbbbbbbb/,
  );
  expect(report.workloads['makenaide']?.onHours).toBe(0);
});
