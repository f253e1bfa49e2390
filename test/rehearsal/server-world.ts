import { CloudFormation } from '../../rehearsal/aws/cloudformation.ts';
import { Ec2 } from '../../rehearsal/aws/ec2.ts';
import { Jobs } from '../../rehearsal/aws/jobs.ts';
import { Ssm } from '../../rehearsal/aws/ssm.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { Servers } from '../../rehearsal/outside/servers.ts';
import { type Reached, reach } from '../../rehearsal/outside/services.ts';
import { PipelineSteps } from '../../rehearsal/outside/steps.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import type { CompiledStage, Recover } from '../../shared/stage/compiled.ts';
import { aStage } from '../shared/builders.ts';
import { aService } from '../shared/watch/services.ts';
import { MONDAY } from './world.ts';

/** Answers of the model, read by path. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any service
type Answer = any;

export const SERVER = 'i-0fedcba9876543210';
export const FRONT = 'https://www.example.com/';

const recover: Recover = {
  restart: { by: 'pm2', name: 'api' },
  rungs: ['restart', 'reboot', 'stop-start'],
  approve: [],
  perDay: 3,
  cooldownSeconds: 600,
};

export const SERVER_STAGE = aStage({
  timezone: 'UTC',
  services: { web: aService({ timezone: 'UTC', target: { ec2: SERVER }, recover }) },
});

/** A server with one process, alone in its world, with a clock that goes only when it is told to. */
export class ServerWorld {
  readonly clock = new VirtualClock(MONDAY);
  readonly world: World;
  readonly ec2: Ec2;
  readonly servers: Servers;
  readonly #cloudformation: CloudFormation;

  constructor(scenario: object = {}, stage: CompiledStage = SERVER_STAGE) {
    this.world = new World(this.clock, new Random(1), parseScenario(scenario), stage);
    this.#cloudformation = new CloudFormation(this.world, process.cwd());
    this.ec2 = new Ec2(this.world);
    this.servers = new Servers(this.world, this.ec2);
    new Ssm(this.world, this.ec2, new Jobs(this.world, this.ec2), this.servers, new PipelineSteps(this.world));
  }

  call(service: string, operation: string, input: object): Promise<Answer> {
    return this.world.call('a test', service, operation, input);
  }

  /** What somebody who asks an address gets: its status, its error, or `hangs`. */
  seen(url = FRONT): string {
    const { ec2, servers } = this;
    const reached: Reached = reach(this.world, { ec2, servers, cloudformation: this.#cloudformation }, { url });
    if (reached === 'hangs') return reached;
    return 'error' in reached ? reached.error : String(reached.status);
  }

  /** Runs the recovery document; what GetCommandInvocation says after so many minutes. */
  async recover(values: Record<string, string> = {}, minutes = 3): Promise<Answer> {
    const given = { By: 'pm2', Name: 'api', Url: 'http://localhost/', ...values };
    const Parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]]));
    const DocumentName = `lamplighter-${this.world.stage.stage}-recover`;
    const sent = { InstanceIds: [SERVER], DocumentName, TimeoutSeconds: 60, Parameters };
    const { Command } = await this.call('ssm', 'SendCommand', sent);
    await this.pass(minutes);
    return this.call('ssm', 'GetCommandInvocation', { CommandId: Command.CommandId, InstanceId: SERVER });
  }

  /** Lets time pass. */
  async pass(minutes: number): Promise<void> {
    const end = this.clock.now + minutes * 60_000;
    this.clock.at(end, () => undefined);
    await this.clock.runUntil(end);
  }

  /** What is over, and by what: `crash restart`. */
  over(): string[] {
    return this.world.journal.of('incident').flatMap((entry) => ('by' in entry ? [`${entry.kind} ${entry.by}`] : []));
  }

  end(): void {
    this.clock.uninstall();
  }
}
