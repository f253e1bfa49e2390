import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';
import type { Declared, StackTemplate } from './template-copy.ts';

/** A resource of a stack, from its creation on. */
export interface StackResource {
  declared: Declared;
  status: string;
  reason?: string;
  physicalId: string;
  /** When it came into its status, in milliseconds since the epoch. */
  at: number;
  nested?: Stack;
}

/** A change of a root stack that is going on: whoever sees another one in its place stops. */
export interface Change {
  act: 'create' | 'update' | 'delete';
  milliseconds: number;
  token?: string;
  /** The path of the resource that fails, and why. */
  fails?: string[];
  reason?: string;
}

/** What CreateStack was given and DescribeStacks gives back. */
export interface Request {
  Parameters?: { ParameterKey: string; ParameterValue?: string; UsePreviousValue?: boolean }[];
  Capabilities?: string[];
  RoleARN?: string;
  Tags?: object[];
  TimeoutInMinutes?: number;
  OnFailure?: 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';
  DisableRollback?: boolean;
}

/**
 * A stack, nested or not, with its resources and events.
 *
 * @source CloudFormation API reference, Stack, StackEvent, StackResourceSummary; user guide, "Split a template into
 * reusable pieces using nested stacks": a nested stack is named `<parent>-<logical id>-<random>`
 */
export class Stack {
  readonly id: string;
  readonly name: string;
  readonly template: StackTemplate;
  readonly resources = new Map<string, StackResource>();
  /** Oldest first. */
  readonly events: object[] = [];
  readonly parent?: Stack;
  /** Logical ids from the root stack inwards, each with a slash behind it. */
  readonly path: string;
  readonly createdAt: number;
  parameters: Record<string, string> = {};
  request: Request = {};
  status = 'absent';
  reason?: string;
  /** When it came into its status, in milliseconds since the epoch. */
  at: number;
  change?: Change;
  readonly #world: World;

  /** @param id its ARN, where that is known already */
  constructor(
    world: World,
    name: string,
    template: StackTemplate,
    parent?: { stack: Stack; logicalId: string },
    id?: string,
  ) {
    const { random, clock, stage } = world;
    this.#world = world;
    const suffix = () => Array.from({ length: 12 }, () => Math.floor(random.next() * 36).toString(36)).join('');
    this.name = parent ? `${parent.stack.name}-${parent.logicalId}-${suffix().toUpperCase()}` : name;
    this.id = id ?? `arn:aws:cloudformation:${stage.region}:${ACCOUNT}:stack/${this.name}/${uuid(world)}`;
    this.template = template;
    this.parent = parent?.stack;
    this.path = parent ? `${parent.stack.path}${parent.logicalId}/` : '';
    this.createdAt = clock.now;
    this.at = clock.now;
  }

  get root(): Stack {
    return this.parent?.root ?? this;
  }

  /** Comes into a status. @param who who or what brought it there, for the history */
  become(status: string, { reason, who = 'CloudFormation' }: { reason?: string; who?: string } = {}): void {
    const shown = (of: string) => (of === 'DELETE_COMPLETE' ? 'absent' : of);
    const from = shown(this.status);
    this.status = status;
    this.reason = reason;
    this.at = this.#world.clock.now;
    this.#event(this.name, 'AWS::CloudFormation::Stack', this.id, status, reason);
    // The nested stacks have their own events; the history is of what the stage file names.
    if (!this.parent && from !== shown(status))
      this.#world.journal.write({
        what: 'stack',
        name: this.name,
        from,
        to: shown(status),
        why: who === 'CloudFormation' ? (reason ?? who) : who,
      });
  }

  /** A resource comes into a status; it is added when it is new. */
  put(declared: Declared, status: string, reason?: string): StackResource {
    const known = this.resources.get(declared.id);
    const resource = known ?? { declared, status, physicalId: '', at: 0 };
    Object.assign(resource, { status, reason, at: this.#world.clock.now });
    this.resources.set(declared.id, resource);
    this.#event(declared.id, declared.type, resource.physicalId, status, reason);
    return resource;
  }

  describe(): object {
    const { RoleARN, Capabilities = [], Tags = [], TimeoutInMinutes } = this.request;
    return {
      StackId: this.id,
      StackName: this.name,
      StackStatus: this.status,
      ...(this.reason && { StackStatusReason: this.reason }),
      Parameters: Object.entries(this.parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      CreationTime: new Date(this.createdAt),
      ...(this.status === 'DELETE_COMPLETE' && { DeletionTime: new Date(this.at) }),
      ...{ Capabilities, Tags, TimeoutInMinutes, RoleARN },
      ...(this.parent && { ParentId: this.parent.id, RootId: this.root.id }),
    };
  }

  summaries(): object[] {
    return [...this.resources.values()].map(({ declared, status, reason, physicalId, at }) => ({
      LogicalResourceId: declared.id,
      ResourceType: declared.type,
      ResourceStatus: status,
      ...(reason && { ResourceStatusReason: reason }),
      ...(physicalId && { PhysicalResourceId: physicalId }),
      LastUpdatedTimestamp: new Date(at),
    }));
  }

  #event(id: string, type: string, physicalId: string, status: string, reason?: string): void {
    const token = this.root.change?.token;
    this.events.push({
      StackId: this.id,
      StackName: this.name,
      EventId: `${id}-${status}-${new Date(this.#world.clock.now).toISOString()}`,
      LogicalResourceId: id,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Timestamp: new Date(this.#world.clock.now),
      ResourceStatus: status,
      ...(reason && { ResourceStatusReason: reason }),
      ...(token && { ClientRequestToken: token }),
    });
  }
}

/** A random id of 8-4-4-4-12 hexadecimal digits. */
export function uuid({ random }: World): string {
  return [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-');
}
