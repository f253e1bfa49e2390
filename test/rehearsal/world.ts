import { CloudFormation } from '../../rehearsal/aws/cloudformation.ts';
import { Ecr } from '../../rehearsal/aws/ecr.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/** Answers of the model, read by path. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any service
type Answer = any;

export const TEMPLATE_URL = 'https://bucket.s3.eu-central-1.amazonaws.com/master.yml';

/** A stage with one environment, whose template lies in `test/rehearsal/stack`. */
export const STAGE = {
  stage: 'test',
  region: 'eu-central-1',
  timezone: 'UTC',
  calendar: { closed: {}, open: [], until: '2030-12-31' },
  notify: { channels: {}, routes: [] },
  services: {},
  workloads: {
    app: {
      kind: 'environment',
      timezone: 'UTC',
      deadlineSeconds: 3600,
      stack: { name: 'App', templateUrl: TEMPLATE_URL, copy: 'test/rehearsal/stack/master.yml' },
      images: [{ repository: 'app', parameters: ['Tag'] }],
      hours: [{ days: 'weekdays', from: '09:00', to: '18:00' }],
      dataLoss: [],
      parts: [],
    },
  },
} as unknown as CompiledStage;

/** A Monday. */
export const MONDAY = Date.parse('2026-11-02T00:00:00Z');

/** The model of the stage's environment, alone in its world, with a clock that goes only when it is told to. */
export class StackWorld {
  readonly clock = new VirtualClock(MONDAY);
  readonly world: World;
  readonly cloudformation: CloudFormation;

  constructor(scenario: object = {}) {
    this.world = new World(this.clock, new Random(1), parseScenario(scenario), STAGE);
    this.cloudformation = new CloudFormation(this.world, process.cwd());
    new Ecr(this.world);
  }

  call(operation: string, input: object = {}, service = 'cloudformation'): Promise<Answer> {
    return this.world.call('a test', service, operation, { StackName: 'App', ...input });
  }

  create(input: object = {}): Promise<{ StackId: string }> {
    return this.call('CreateStack', {
      TemplateURL: TEMPLATE_URL,
      Parameters: [{ ParameterKey: 'Tag', ParameterValue: 'v1' }],
      ...input,
    });
  }

  /** Lets time pass. */
  async pass(minutes: number): Promise<void> {
    const end = this.clock.now + minutes * 60_000;
    // The clock jumps from timer to timer: one at the end, or it jumps beyond.
    this.clock.at(end, () => undefined);
    await this.clock.runUntil(end);
    if (this.world.fatal) throw this.world.fatal;
  }

  async status(StackName = 'App'): Promise<string> {
    return (await this.call('DescribeStacks', { StackName })).Stacks[0].StackStatus;
  }

  /** Events of a stack, newest first, as `LogicalId STATUS: reason`. */
  async events(StackName = 'App'): Promise<string[]> {
    const { StackEvents } = await this.call('DescribeStackEvents', { StackName });
    return StackEvents.map(
      (event: Record<string, string>) =>
        `${event['LogicalResourceId']} ${event['ResourceStatus']}${event['ResourceStatusReason'] ? `: ${event['ResourceStatusReason']}` : ''}`,
    );
  }

  /** The history of the stack, as `FROM > TO`. */
  history(): string[] {
    return this.world.journal.of('stack').map(({ from, to }) => `${from} > ${to}`);
  }

  lost(): string[] {
    return this.world.journal.of('data').map(({ resource }) => resource);
  }

  end(): void {
    this.clock.uninstall();
  }
}
