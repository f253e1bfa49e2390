import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ACCOUNT } from '../template.ts';
import { executing, type World } from '../world.ts';

/** A function of the template. */
export interface LambdaFunction {
  name: string;
  /** `functions/admit-run/handler.handler` */
  handler: string;
  timeoutMs: number;
  memoryMb: number;
  environment: Record<string, string>;
  /** Whether it runs in a VPC: it reaches what is private there, and, with no NAT gateway, nothing of AWS. */
  isInVpc?: boolean;
  /** How often an asynchronous invocation that failed is tried again. */
  retries: number;
  /** ARN of the queue for the events that it failed on. */
  onFailure?: string;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const INTERFACES = [
  ...['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface'],
  ...['AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'],
];

/** Whose code runs just now: its environment variables, and the name that calls and logs are written under. */
export const running = new AsyncLocalStorage<LambdaFunction>();

/** An error as a state machine and the event sources see it. */
export class FunctionError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Lambda: the same handlers that are packaged, one invocation after the other in virtual time. */
export class Lambda {
  readonly functions = new Map<string, LambdaFunction>();
  readonly #world: World;
  readonly #fileOf: (module: string) => string;
  readonly #warm = new Set<string>();
  readonly #loaded = new Map<string, Handler>();
  /** Those that may write their logs. */
  readonly #logging = new Set<string>();
  /** Those that may be in their VPC. */
  readonly #inside = new Set<string>();
  readonly #regional: string;
  readonly #deadLetter: (queue: string, body: string) => void;

  /**
   * @param root the folder that handlers are relative to
   * @param bundle the one that they are relative to where they are bundled
   */
  constructor(world: World, root: string, deadLetter: (queue: string, body: string) => void, bundle?: string) {
    this.#world = world;
    this.#fileOf = (module) => (bundle ? resolve(bundle, `${module}.mjs`) : resolve(root, `${module}.ts`));
    this.#deadLetter = deadLetter;
    this.#regional = `arn:aws:logs:${world.stage.region}:${ACCOUNT}:log-group:/aws/lambda/`;
  }

  /**
   * Invokes a function and waits.
   *
   * @throws an error whose name is the handler's error name and whose message is Lambda's JSON cause
   */
  async invoke(name: string, event: unknown): Promise<unknown> {
    const lambda = this.functions.get(name);
    if (!lambda) throw new FunctionError('Lambda.ResourceNotFoundException', `Function not found: ${name}`);
    const handler = this.#loaded.get(name) ?? (await this.#world.clock.inRealTime(() => this.#load(lambda)));
    this.#mayLog(name);
    if (lambda.isInVpc) this.#mayEnter(name);
    const begun = this.#world.clock.now;
    await this.#world.clock.sleep(this.#startup(name));
    try {
      const crash = this.#world
        .faults('function')
        .find((fault) => name.endsWith(camel(fault.function)) && this.#world.uses(fault));
      if (crash)
        throw new FunctionError('Runtime.ExitError', 'RequestId: Error: Runtime exited with error: exit status 134');
      const output = await this.#withTimeout(
        lambda,
        running.run(lambda, () => handler(structuredClone(event), context(lambda))),
      );
      this.#journal(name, begun);
      return output === undefined ? null : JSON.parse(JSON.stringify(output));
    } catch (error) {
      const { name: type, message } = error instanceof Error ? error : new Error(String(error));
      this.#journal(name, begun, type);
      throw new FunctionError(type, JSON.stringify({ errorType: type, errorMessage: message }));
    }
  }

  /** Invokes a function as EventBridge does: without waiting, and tried again. */
  async invokeAsync(name: string, event: unknown, attempt = 0): Promise<void> {
    try {
      // Whoever it is that sent the event, this is no work of an execution.
      await executing.run(undefined, () => this.invoke(name, event));
    } catch (error) {
      if (attempt >= (this.functions.get(name)?.retries ?? 0)) {
        this.#world.journal.write({ what: 'lost', event: `asynchronous invocation of ${name}`, why: String(error) });
        this.#toDestination(name, event);
        return;
      }
      await this.#world.clock.sleep((attempt + 1) * 60_000);
      await this.invokeAsync(name, event, attempt + 1);
    }
  }

  /** Lambda sends what failed for good with the role of the function. */
  #toDestination(name: string, event: unknown): void {
    const { onFailure } = this.functions.get(name) ?? {};
    const role = this.#world.iam?.roleOf(name);
    if (!onFailure || !role) return;
    try {
      this.#world.permit(role, 'sqs', 'SendMessage', { QueueArn: onFailure });
      this.#deadLetter(onFailure, JSON.stringify({ requestPayload: event }));
    } catch {
      // Denied, and journalled as denied: that is enough.
    }
  }

  /** A function that may not write its log runs all the same, and nobody sees what it said. */
  #mayLog(name: string): void {
    const role = this.#world.iam?.roleOf(name);
    // Roles do not change while a rehearsal runs.
    if (!role || this.#logging.has(name)) return;
    this.#world.assume(role, 'lambda.amazonaws.com');
    const LogGroupArn = `${this.#regional}${name}:log-stream:rehearsal`;
    try {
      for (const operation of ['CreateLogStream', 'PutLogEvents'])
        this.#world.permit(role, 'logs', operation, { LogGroupArn });
      this.#logging.add(name);
    } catch {
      // Denied, and journalled as denied: that is enough.
    }
  }

  /**
   * A function in a VPC is at an interface that Lambda makes with its role.
   *
   * @source Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC": required IAM permissions
   * @throws AwsError
   */
  #mayEnter(name: string): void {
    const role = this.#world.iam?.roleOf(name);
    if (!role || this.#inside.has(name)) return;
    for (const operation of INTERFACES) this.#world.permit(role, 'ec2', operation, {});
    this.#inside.add(name);
  }

  async #load({ name: lambda, handler }: LambdaFunction): Promise<Handler> {
    const [, file = '', name] = handler.match(/^(.*)\.(\w+)$/) ?? [];
    const module = (await import(pathToFileURL(this.#fileOf(file)).href)) as Record<string, Handler>;
    const found = name && module[name];
    if (!found) throw new Error(`${handler} is not exported: correct handler in its function.yml`);
    this.#loaded.set(lambda, found);
    return found;
  }

  /** A first start takes longer. */
  #startup(name: string): number {
    const isCold = !this.#warm.has(name);
    this.#warm.add(name);
    return Math.round(isCold ? this.#world.random.between(200, 400) : this.#world.random.between(20, 60));
  }

  async #withTimeout<T>(lambda: LambdaFunction, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new FunctionError('Sandbox.Timedout', `Task timed out after ${lambda.timeoutMs / 1000} seconds`)),
        lambda.timeoutMs,
      );
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #journal(name: string, begun: number, error?: string): void {
    this.#world.journal.write({
      what: 'invocation',
      function: name,
      milliseconds: this.#world.clock.now - begun,
      ...(error && { error }),
    });
  }
}

function context({ name, timeoutMs, memoryMb }: LambdaFunction): object {
  const end = Date.now() + timeoutMs;
  return {
    functionName: name,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: 'rehearsal',
    getRemainingTimeInMillis: () => end - Date.now(),
  };
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
