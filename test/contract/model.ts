import { VirtualClock } from '../../rehearsal/clock.ts';
import { deploy } from '../../rehearsal/deploy.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import trust from '../../resources/trust.json' with { type: 'json' };
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { aQueue } from '../resources/queue.ts';
import type { Answer, Aws } from './clauses.ts';
import { ASKING, IMAGES, MACHINE, TABLE, TEMPLATE_URL } from './fixtures.ts';

const REGION = 'eu-central-1';
const STEP_MS = 5000;
const WORKERS = { cluster: 'contract-workers', service: 'contract-workers' };

const TEMPLATE = {
  Resources: {
    Contract: {
      Type: 'AWS::DynamoDB::Table',
      Properties: TABLE,
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'contract' } },
    Workers: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ResourceId: 'service/contract-workers/contract-workers', MinCapacity: 0, MaxCapacity: 1 },
    },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'contract' } },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'contract',
        DefinitionString: MACHINE,
      },
    },
    Asking: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        ...{ StateMachineName: 'contract-asking', DefinitionString: ASKING },
        RoleArn: { 'Fn::GetAtt': ['AskingRole', 'Arn'] },
      },
    },
    AskingRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust.states,
        Policies: [
          { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: '*' }] } },
        ],
      },
    },
  },
};

/** The rehearsal's model, with what the clauses need. Its clock is this process's from then on. */
export async function model(): Promise<Aws> {
  const instance = (id: string) => ({ kind: 'batch', instance: { id }, run: { by: 'ssm' } });
  const environment = {
    kind: 'environment',
    stack: { name: 'contract', templateUrl: TEMPLATE_URL, copy: 'test/contract/templates/master.yml' },
    images: [{ repository: 'contract', parameters: ['Tag'] }],
    parts: [],
  };
  const images = { contract: IMAGES.map((tag, index) => ({ tags: [tag], pushed: `2026-01-01T0${index}:00` })) };
  const stage = {
    region: REGION,
    timezone: 'UTC',
    prices: {},
    services: {
      ecs: { target: { ecs: { cluster: 'contract', service: 'contract' } }, checks: [], offWith: [] },
      group: { target: { group: 'contract' }, checks: [], offWith: [] },
    },
    queues: { work: aQueue({ workers: { ...aQueue().workers, ...WORKERS } }) },
    workloads: { one: instance('i-0aaaaaaaaaaaaaaaa'), two: instance('i-0bbbbbbbbbbbbbbbb'), environment },
  } as unknown as CompiledStage;
  const clock = new VirtualClock(Date.now());
  const world = new World(clock, new Random(1), parseScenario({ images }), stage);
  const { ec2 } = await deploy(world, TEMPLATE, process.cwd(), '');
  ec2.terminate('i-0bbbbbbbbbbbbbbbb', 'the contract');
  await clock.runUntil(clock.now + 120_000);

  /** Lets time pass until a call is answered. */
  const answered = async (call: Promise<unknown>): Promise<Answer> => {
    let isDone = false;
    const settled = call.finally(() => {
      isDone = true;
    });
    settled.catch(() => undefined);
    await clock.runUntil(clock.now + 600_000, () => isDone);
    return settled;
  };
  return {
    call: (service, operation, input) => answered(world.call('the contract', service, operation, input)),
    until: async (what, check) => {
      for (let tries = 0; tries < 240; tries++) {
        if (await check()) return;
        await clock.runUntil(clock.now + STEP_MS);
      }
      throw new Error(`not ${what} in twenty minutes`);
    },
    stopped: 'i-0aaaaaaaaaaaaaaaa',
    terminated: 'i-0bbbbbbbbbbbbbbbb',
    table: 'contract',
    topic: `arn:aws:sns:${REGION}:123456789012:contract`,
    machine: `arn:aws:states:${REGION}:123456789012:stateMachine:contract`,
    asking: `arn:aws:states:${REGION}:123456789012:stateMachine:contract-asking`,
    role: 'arn:aws:iam::123456789012:role/contract',
    templateUrl: TEMPLATE_URL,
    repository: 'contract',
    queue: `https://sqs.${REGION}.amazonaws.com/123456789012/contract`,
  };
}
