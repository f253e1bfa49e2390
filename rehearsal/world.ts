import { AsyncLocalStorage } from 'node:async_hooks';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { batches } from '../shared/stage/kinds.ts';
import { AwsError } from './aws/errors.ts';
import type { VirtualClock } from './clock.ts';
import { localInstant } from './cron.ts';
import type { Datum } from './emf.ts';
import { Denied, type Iam } from './iam.ts';
import { Journal } from './journal.ts';
import { GROUP, needsOf } from './needs.ts';
import type { Random } from './random.ts';
import type { Fault, Scenario } from './scenario.ts';
import { ACCOUNT } from './template.ts';

/** One operation of a modelled service. */
export type Operation = (input: never, caller: string) => unknown;

/** A modelled service: its operations by AWS's names. */
export type Service = Record<string, Operation>;

/** The execution of a state machine that something is done for, also by the functions that it invokes. */
export const executing = new AsyncLocalStorage<string | undefined>();

/** Codes of services that do not say AccessDeniedException. */
const DENIED: Record<string, string> = { ec2: 'UnauthorizedOperation', cloudformation: 'AccessDenied' };

/**
 * What a rehearsal happens in: time, chance, history, and the services of AWS as far as they are modelled. Every call,
 * whether from a handler's SDK client, a state machine or a schedule, goes through `call`, so that it is counted,
 * can be made to fail, and is seen by the laws.
 */
export class World {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly journal = new Journal();
  readonly scenario: Scenario;
  readonly stage: CompiledStage;
  readonly services: Record<string, Service> = {};
  readonly #used = new Map<Fault, number>();
  /** They are asked for with every call. */
  readonly #byKind = new Map<string, Fault[]>();
  /** What the rehearsal itself cannot do: it ends there, rather than pass its own fault off as AWS's. */
  fatal?: Error;
  /** The roles of the template, once it is deployed. */
  iam?: Iam;

  /** Takes the metrics of one line of the log of a function. */
  onMetrics: (data: Datum[]) => void = () => undefined;
  /** The Auto Scaling group that an instance is of. */
  groupOf: (instanceId: string) => string | undefined = () => undefined;

  constructor(clock: VirtualClock, random: Random, scenario: Scenario, stage: CompiledStage) {
    this.clock = clock;
    this.random = random;
    this.scenario = scenario;
    this.stage = stage;
  }

  /** Carries out one call of AWS. @throws AwsError by AWS's names. */
  async call(caller: string, service: string, operation: string, input: unknown): Promise<unknown> {
    const name = `${service}.${operation}`;
    const execution = executing.getStore();
    const asked = { caller, service, operation, input: kept(input), ...(execution && { execution }) };
    try {
      for (const fault of this.faults('call'))
        if (fault.call === name && names(input, fault.of) && this.uses(fault))
          throw new AwsError(fault.error, `injected into ${name}`);
      const model = this.services[service]?.[operation];
      if (!model)
        this.fatal = new Error(
          `the rehearsal has no model of ${name}, which ${caller} called: add it to rehearsal/aws/${service}.ts`,
        );
      if (!model) throw this.fatal;
      const role = this.iam?.roleOf(caller);
      if (role) this.permit(role, service, operation, input as Record<string, unknown>);
      const output = await model(input as never, caller);
      this.journal.write({ what: 'call', ...asked });
      return output;
    } catch (error) {
      const code = error instanceof Error ? error.name : String(error);
      this.journal.write({ what: 'call', ...asked, error: code });
      throw error;
    }
  }

  /**
   * Asks IAM whether a role may make a call.
   *
   * @throws AwsError as the service answers what is not allowed
   */
  permit(role: string, service: string, operation: string, input: Record<string, unknown>): void {
    const group = typeof input['InstanceId'] === 'string' ? this.groupOf(input['InstanceId']) : undefined;
    const asked = group === undefined ? input : { ...input, [GROUP]: group };
    this.#ask(service, () => this.iam?.authorize(role, needsOf(service, operation, asked, this.stage.region)));
  }

  /** Asks IAM whether a service may act with a role. @throws AwsError */
  assume(role: string, service: string): void {
    this.#ask(service, () => this.iam?.assume(role, service, ACCOUNT));
  }

  #ask(service: string, question: () => void): void {
    try {
      question();
    } catch (error) {
      if (!(error instanceof Denied)) throw error;
      this.journal.write({ what: 'denied', text: error.message });
      throw new AwsError(DENIED[service] ?? 'AccessDeniedException', error.message);
    }
  }

  /** The faults of one kind that the scenario has. */
  faults<Kind extends string>(kind: Kind): Extract<Fault, Record<Kind, unknown>>[] {
    const known = this.#byKind.get(kind) ?? this.scenario.faults.filter((fault) => kind in fault);
    this.#byKind.set(kind, known);
    return known as Extract<Fault, Record<Kind, unknown>>[];
  }

  /** Whether a fault is due now; each use counts towards its `times`. */
  uses(fault: Fault): boolean {
    if (!this.isOn(fault)) return false;
    this.#used.set(fault, (this.#used.get(fault) ?? 0) + 1);
    return true;
  }

  /**
   * Whether a fault would be due, without using it.
   *
   * @param since how long ago it may have ended, in milliseconds
   */
  isOn(fault: Fault, since = 0): boolean {
    const at = (time: string) => localInstant(time, this.stage.timezone);
    if ('from' in fault && fault.from && this.clock.now < at(fault.from)) return false;
    if ('to' in fault && fault.to && this.clock.now - since >= at(fault.to)) return false;
    const limit = 'times' in fault ? fault.times : 'crashes' in fault ? fault.crashes : undefined;
    return limit === undefined || (this.#used.get(fault) ?? 0) < limit;
  }

  /** Whether a fault is meant for this run of this workload. @param ordinal counted from 1 */
  isFor(fault: { workload?: string; runs?: number[] }, workload: string, ordinal: number): boolean {
    return (!fault.workload || fault.workload === workload) && (!fault.runs || fault.runs.includes(ordinal));
  }

  /** The workload that an instance belongs to. */
  workloadOf(instanceId: string): string | undefined {
    return batches(this.stage).find(([, { instance }]) => instance.id === instanceId)?.[0];
  }
}

/**
 * As much of a request as is history. What one function hands another is not, there are secrets in it; nor is all that is
 * remembered of queues, which is large and written each minute.
 */
function kept(input: unknown): unknown {
  const { Payload, Item } = (input ?? {}) as { Payload?: unknown; Item?: Record<string, { S?: string }> };
  if (Payload instanceof Uint8Array) return { ...(input as object), Payload: `${Payload.length} bytes` };
  if (Item?.['pk']?.S === 'queues') return { ...(input as object), Item: { pk: Item['pk'], sk: Item['sk'] } };
  return input;
}

/** Whether a request names something, such as an instance. */
function names(input: unknown, what: string | undefined): boolean {
  return what === undefined || JSON.stringify(input).includes(what);
}
