import type { Servers } from '../outside/servers.ts';
import type { PipelineSteps } from '../outside/steps.ts';
import type { World } from '../world.ts';
import type { Ec2 } from './ec2.ts';
import { AwsError } from './errors.ts';
import type { Jobs } from './jobs.ts';
import { RunCommand } from './run-command.ts';

interface PutParameter {
  Name: string;
  Value: string;
  Overwrite?: boolean;
  Tier?: string;
}

/**
 * Systems Manager: Run Command and parameters.
 *
 * @source Systems Manager API reference, GetParameter, PutParameter
 */
export class Ssm {
  readonly parameters = new Map<string, string>();
  readonly #commands: RunCommand;

  constructor(world: World, ec2: Ec2, jobs: Jobs, servers: Servers, steps: PipelineSteps) {
    this.#commands = new RunCommand(world, ec2, jobs, servers, steps);
    world.services['ssm'] = {
      ...this.#commands.operations(),
      // What its document does is done by who started it.
      StartAutomationExecution: () => ({ AutomationExecutionId: world.random.hex(32) }),
      GetParameter: ({ Name }: { Name: string }) => {
        const Value = this.parameters.get(Name);
        if (Value === undefined) throw new AwsError('ParameterNotFound', `no parameter ${Name}`);
        return { Parameter: { Name, Value } };
      },
      PutParameter: (asked: PutParameter) => this.#put(asked),
    };
  }

  isOnline(instanceId: string): boolean {
    return this.#commands.isOnline(instanceId);
  }

  #put({ Name, Value, Overwrite, Tier }: PutParameter): object {
    if (this.parameters.has(Name) && !Overwrite)
      throw new AwsError('ParameterAlreadyExists', `The parameter ${Name} already exists.`);
    const most = Tier === 'Intelligent-Tiering' || Tier === 'Advanced' ? 8192 : 4096;
    if (Value.length > most)
      throw new AwsError('ValidationException', `the parameter holds at most ${most} characters`);
    this.parameters.set(Name, Value);
    return { Version: 1 };
  }
}
