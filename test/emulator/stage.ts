import { GetParameterCommand, ParameterNotFound, PutParameterCommand } from '@aws-sdk/client-ssm';
import { slotKey } from '../../shared/time/slots.ts';
import { Account } from './account.ts';
import type { Discord } from './discord.ts';
import type { Emulators } from './emulators.ts';
import { eventually } from './eventually.ts';
import { deployRig, mayDisarm, useStandIns } from './rig.ts';
import type { Service } from './service.ts';

/** A stage file, and where it is deployed. */
export interface Plan {
  file: string;
  stage: string;
  region: string;
  zone: string;
  /** The instance ids in the file: each becomes one that exists. */
  ids: string[];
  /** More that has to be different in the file. */
  changes?: Record<string, string>;
}

/** One stage file of the service, made deployable: its instances exist, its webhook is the stand-in's. */
export class Stage {
  readonly account: Account;
  readonly options: string[];
  instances: string[] = [];
  private readonly minute = Math.floor(Date.now() / 60_000);
  private runs = 0;
  private readonly plan: Plan;
  private readonly service: Service;

  constructor(plan: Plan, service: Service, emulators: Emulators) {
    this.plan = plan;
    this.service = service;
    this.account = new Account(emulators, plan.region, plan.stage);
    this.options = ['--stage', plan.stage, '--param', `stageFile=${plan.file}`];
  }

  async prepare(discord: Discord): Promise<void> {
    const { file, ids, changes, stage } = this.plan;
    for (const _ of ids) this.instances.push(await this.account.stoppedInstance());
    const found = Object.fromEntries(ids.map((id, index) => [id, this.instances[index] ?? '']));
    this.service.edit(file, { ...found, ...changes });
    await this.account.functionsSsm.send(
      new PutParameterCommand({
        Name: `/lamplighter/${stage}/discord`,
        Type: 'SecureString',
        Value: discord.webhook(stage),
      }),
    );
  }

  sls(command: string, ...more: string[]): Promise<string> {
    return this.service.sls(command, ...more, ...this.options);
  }

  async addRig(): Promise<void> {
    await deployRig(this.account);
    await mayDisarm(this.account, (await this.account.resources()).get('SweepRunsRole')?.id ?? '');
    for (const machine of await this.account.machines()) await useStandIns(this.account, machine);
  }

  /** A time for the next run, each a minute before the last: a run is named after its minute. */
  next(): { scheduledFor: string; key: string } {
    const scheduledFor = new Date((this.minute - this.runs++) * 60_000).toISOString().replace('.000', '');
    return { scheduledFor, key: slotKey(scheduledFor, this.plan.zone) };
  }

  /** The task token of a run whose job has been handed over. */
  async handedOver(workload: string, key: string): Promise<string> {
    return eventually(`the job of ${workload} ${key}`, async () => {
      try {
        const { Parameter } = await this.account.ssm.send(
          new GetParameterCommand({ Name: `/lamplighter/${this.plan.stage}/${workload}/job`, WithDecryption: true }),
        );
        const [, run, token] = /^RUN=(.*)$[\s\S]*^TASK_TOKEN=(.*)$/m.exec(Parameter?.Value ?? '') ?? [];
        return run === `${workload} ${key}` && token;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    });
  }
}
