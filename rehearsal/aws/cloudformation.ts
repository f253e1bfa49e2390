import type { EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { environments } from '../../shared/stage/kinds.ts';
import { USUAL_STACK } from '../scenario.ts';
import type { World } from '../world.ts';
import { AwsError } from './errors.ts';
import { type Change, type Request, Stack, uuid } from './stack.ts';
import { actOf, emptied, endOf, existing, isChanging, UNDELETABLE, UPDATABLE } from './stack-states.ts';
import { StackUpdate } from './stack-update.ts';
import { StackWork } from './stack-work.ts';
import { parametersOf, requireCapabilities } from './template-checks.ts';
import { resourceAt, type StackTemplate, templateOf } from './template-copy.ts';

interface Input extends Request {
  StackName: string;
  TemplateURL?: string;
  ClientRequestToken?: string;
  NextToken?: string;
}

/** The most that one answer holds. */
const PAGE = 100;

/**
 * CloudFormation: the stacks of the environments, as far as they are created, updated, deleted and asked about.
 *
 * @source CloudFormation API reference, the operations by their names; "Stack with id … does not exist" and the other
 * messages as AWS words them
 */
export class CloudFormation {
  readonly #world: World;
  readonly #root: string;
  /** Root stacks, the deleted ones too: by their ids they are known for 90 days. */
  readonly #stacks: Stack[] = [];
  readonly #tokens = new Map<string, { act: string; stack: Stack }>();
  readonly #counts = new Map<string, number>();
  readonly #warmUps = new Map<string, number>();

  /** @param root the folder that copies of templates are relative to */
  constructor(world: World, root: string) {
    this.#world = world;
    this.#root = root;
    for (const [name, { stack }] of environments(world.stage)) {
      const { state = 'absent' } = world.scenario.stacks[name] ?? {};
      if (state !== 'absent') this.find(stack.name, state);
    }
    world.services['cloudformation'] = {
      CreateStack: (input: Input, caller) => this.#create(input, caller),
      UpdateStack: (input: Input, caller) => this.#update(input, caller),
      DeleteStack: (input: Input, caller) => this.#delete(input, caller),
      DescribeStacks: ({ StackName }: Input) => ({
        Stacks: (StackName ? [this.#get(StackName)] : this.#alive()).map((stack) => stack.describe()),
      }),
      DescribeStackEvents: ({ StackName, NextToken }: Input) =>
        page('StackEvents', this.#get(StackName, `Stack [${StackName}] does not exist`).events.toReversed(), NextToken),
      ListStackResources: ({ StackName, NextToken }: Input) =>
        page('StackResourceSummaries', this.#get(StackName).summaries(), NextToken),
      GetTemplate: ({ StackName }: Input) => ({ TemplateBody: this.#get(StackName).template.text }),
    };
  }

  /**
   * Lets a stack of the stage be there already, in a state that ends by itself when its time is over.
   *
   * @param id its ARN, where that is known already
   */
  find(stackName: string, status: string, id?: string): Stack {
    const [workload = ''] = this.#environment({ StackName: stackName }) ?? [];
    const stack = existing(this.#world, stackName, this.#template({ StackName: stackName }), status, id);
    this.#stacks.push(stack);
    if (!isChanging(status)) return stack;
    const lasts = this.#world.scenario.stacks[workload]?.lasts ?? this.#takes(workload, actOf(status));
    this.#world.clock.at(this.#world.clock.now + lasts, () => {
      if (stack.change) return;
      if (/^(DELETE|ROLLBACK)/.test(status)) emptied(stack);
      stack.become(endOf(status));
    });
    return stack;
  }

  /** Somebody updates the stack of a workload. @returns whether it could be updated */
  deploy(workload: string, milliseconds: number): boolean {
    const name = environments(this.#world.stage).find(([of]) => of === workload)?.[1].stack.name;
    const stack = this.#alive().find((one) => one.name === name);
    if (!stack || !UPDATABLE.test(stack.status)) return false;
    stack.become('UPDATE_IN_PROGRESS', { reason: 'User Initiated', who: 'somebody' });
    this.#start(new StackUpdate(this.#world).update(stack, { act: 'update', milliseconds }, stack.parameters));
    return true;
  }

  /** Whether the environment in a stack answers: it is up, and has been for the two to four minutes that it boots. */
  answers(stackName: string): 'no' | 'booting' | 'yes' {
    const stack = this.#alive().find(({ name }) => name === stackName);
    if (!stack || !/^(CREATE|(UPDATE|IMPORT)(_ROLLBACK)?)_COMPLETE$/.test(stack.status)) return 'no';
    const key = `${stack.id} ${stack.at}`;
    const warmUp = this.#warmUps.get(key) ?? Math.round(this.#world.random.between(120_000, 240_000));
    this.#warmUps.set(key, warmUp);
    return this.#world.clock.now >= stack.at + warmUp ? 'yes' : 'booting';
  }

  isBusy(): boolean {
    return this.#stacks.some(({ status }) => isChanging(status));
  }

  #create(input: Input, caller: string): object {
    const { StackName, ClientRequestToken: token } = input;
    const before = this.#repeated('create', input);
    if (before) return { StackId: before.id };
    if (this.#alive().some(({ name }) => name === StackName))
      throw new AwsError('AlreadyExistsException', `Stack [${StackName}] already exists`);
    const template = this.#template(input);
    requireCapabilities(template, input.Capabilities);
    const stack = new Stack(this.#world, StackName, template);
    stack.parameters = parametersOf(template, input.Parameters);
    stack.request = input;
    const change = this.#change('create', stack, token);
    stack.become('CREATE_IN_PROGRESS', { reason: 'User Initiated', who: caller });
    this.#stacks.push(stack);
    this.#start(new StackWork(this.#world).create(stack, change));
    return { StackId: stack.id };
  }

  #update(input: Input, caller: string): object {
    const before = this.#repeated('update', input);
    if (before) return { StackId: before.id };
    const stack = this.#get(input.StackName, `Stack [${input.StackName}] does not exist`);
    if (!UPDATABLE.test(stack.status))
      throw new AwsError('ValidationError', `Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    requireCapabilities(stack.template, input.Capabilities);
    const parameters = parametersOf(stack.template, input.Parameters, stack.parameters);
    // A copy does not change while it is rehearsed, so only the parameters can be others.
    const names = new Set([...Object.keys(parameters), ...Object.keys(stack.parameters)]);
    if ([...names].every((name) => parameters[name] === stack.parameters[name]))
      throw new AwsError('ValidationError', 'No updates are to be performed.');
    const old = stack.parameters;
    stack.parameters = parameters;
    const change = this.#change('update', stack, input.ClientRequestToken);
    stack.become('UPDATE_IN_PROGRESS', { reason: 'User Initiated', who: caller });
    this.#start(new StackUpdate(this.#world).update(stack, change, old));
    return { StackId: stack.id };
  }

  /** To delete what is not there, or is being deleted, is no error. */
  #delete(input: Input, caller: string): object {
    const stack = this.#all().findLast((one) => one.id === input.StackName || one.name === input.StackName);
    if (!stack || this.#repeated('delete', input) || /^DELETE_(COMPLETE|IN_PROGRESS)$/.test(stack.status)) return {};
    if (UNDELETABLE.test(stack.status))
      throw new AwsError('ValidationError', `Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
    const change = this.#change('delete', stack, input.ClientRequestToken);
    stack.become('DELETE_IN_PROGRESS', { reason: 'User Initiated', who: caller });
    this.#start(new StackWork(this.#world).delete(stack, change));
    return {};
  }

  /**
   * The stack that a request with this token was about before; such a request changes nothing. The API reference does
   * not say what one token means to two operations: here it is an error, so that nobody relies on it.
   */
  #repeated(act: string, { StackName, ClientRequestToken: token = '' }: Input): Stack | undefined {
    const known = this.#tokens.get(token);
    if (!known) return undefined;
    const isSame = known.act === act && [known.stack.name, known.stack.id].includes(StackName);
    if (isSame && (act === 'delete' || known.stack.status !== 'DELETE_COMPLETE')) return known.stack;
    throw new AwsError('TokenAlreadyExistsException', `Client request token [${token}] already exists`);
  }

  /** What is going to happen to a stack: how long it takes, and what of it fails, as the scenario says. */
  #change(act: Change['act'], stack: Stack, token?: string): Change {
    const [workload = ''] = this.#environment({ StackName: stack.name }) ?? [];
    if (token) this.#tokens.set(token, { act, stack });
    const ordinal = (this.#counts.get(`${act} ${workload}`) ?? 0) + 1;
    this.#counts.set(`${act} ${workload}`, ordinal);
    const fault = this.#world
      .faults('stack')
      .find((one) => one.stack === act && this.#world.isFor(one, workload, ordinal) && this.#world.uses(one));
    const fails = fault?.fails.split('/');
    if (fails && !resourceAt(stack.template, fails))
      this.#world.fatal = new Error(
        `the template of ${workload} has no ${fault?.fails}: correct fails in the scenario`,
      );
    const reason = `Resource handler returned message: "${fault?.reason}" (RequestToken: ${fault && uuid(this.#world)}, HandlerErrorCode: GeneralServiceException)`;
    const change = {
      act,
      milliseconds: this.#takes(workload, act),
      ...(token && { token }),
      ...(fails && { fails, reason }),
    };
    stack.change = change;
    return change;
  }

  #takes(workload: string, act: Change['act']): number {
    const [shortest, longest] = this.#world.scenario.stacks[workload]?.[act] ?? USUAL_STACK[act];
    return Math.round(this.#world.random.between(shortest, longest));
  }

  #environment({ StackName, TemplateURL }: Input): [string, EnvironmentWorkload] | undefined {
    const all = environments(this.#world.stage);
    const isIt = ([, { stack }]: (typeof all)[number]) => stack.name === StackName || stack.templateUrl === TemplateURL;
    return all.find(isIt);
  }

  #template(input: Input): StackTemplate {
    const [, environment] = this.#environment(input) ?? [];
    return templateOf(environment?.stack.copy, this.#root);
  }

  #alive(): Stack[] {
    return this.#stacks.filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Root stacks and nested ones. */
  #all(stacks = this.#stacks): Stack[] {
    const nested = stacks.flatMap(({ resources }) => [...resources.values()].flatMap((one) => one.nested ?? []));
    return nested.length > 0 ? [...stacks, ...this.#all(nested)] : stacks;
  }

  #get(nameOrId: string, otherwise = `Stack with id ${nameOrId} does not exist`): Stack {
    const found = this.#all().find(
      ({ id, name, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
    if (!found) throw new AwsError('ValidationError', otherwise);
    return found;
  }

  #start(work: Promise<void>): void {
    work.catch((error: Error) => {
      this.#world.fatal = error;
    });
  }
}

function page(name: string, all: object[], token = '0'): object {
  const end = Number(token) + PAGE;
  return { [name]: all.slice(Number(token), end), ...(end < all.length && { NextToken: String(end) }) };
}
