import type { Template } from './template.ts';

/** A statement of a policy, its intrinsic functions resolved. */
interface Statement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  Resource?: string | string[];
  Principal?: { Service?: string | string[] } | '*';
  Condition?: Record<string, Record<string, string | string[]>>;
}

interface Policy {
  Statement: Statement[];
}

/** One thing that a call needs to be allowed. */
export interface Need {
  action: string;
  resource: string;
  context?: Record<string, string>;
}

/** That a role may not do what a call needs; `role` is its logical id. */
export class Denied extends Error {
  override name = 'Denied';
  readonly need: Need;

  constructor(role: string, need: Need) {
    super(`${role} may not ${need.action} on ${need.resource}`);
    this.need = need;
  }
}

/**
 * IAM: the roles of the compiled template, evaluated on every call. Deny wins, then Allow, then nothing is allowed;
 * conditions must hold.
 *
 * @source IAM user guide, "Policy evaluation logic", "Condition operators"
 */
export class Iam {
  /** What was used, as `Role action`. */
  readonly used = new Set<string>();
  /**
   * What alone let a call pass, as `Role action`. Without it a rehearsal goes the same way up to that call, since
   * nothing but `authorize` reads policies, and there the call is refused.
   */
  readonly needed = new Set<string>();
  /** Questions that were answered yes: policies do not change while a rehearsal runs. */
  readonly #answered = new Set<string>();
  readonly #policies = new Map<string, Statement[]>();
  readonly #trust = new Map<string, Policy>();
  /** Physical name of a function or machine → ARN of its role. */
  readonly #roles = new Map<string, string>();

  constructor(template: Template) {
    for (const { id, properties } of template.of('AWS::IAM::Role')) {
      const policies = (properties['Policies'] ?? []) as { PolicyDocument: Policy }[];
      this.#policies.set(
        template.arn(id),
        policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      );
      this.#trust.set(template.arn(id), properties['AssumeRolePolicyDocument'] as Policy);
    }
    for (const { id, properties } of template.of('AWS::Lambda::Function'))
      this.#roles.set(template.name(id), String(properties['Role']));
    for (const { id, properties } of template.of('AWS::StepFunctions::StateMachine'))
      this.#roles.set(template.name(id), String(properties['RoleArn']));
  }

  /** The role that code or a machine acts with; undefined for people and for what is not of the template. */
  roleOf(caller: string): string | undefined {
    return this.#policies.has(caller) ? caller : this.#roles.get(caller);
  }

  /**
   * Lets a call of a role pass, or not.
   *
   * @param role the role's ARN
   * @throws Denied
   */
  authorize(role: string, needs: Need[]): void {
    const statements = this.#policies.get(role) ?? [];
    for (const need of needs) {
      const { action, resource, context } = need;
      const question = `${role} ${action} ${resource} ${context ? JSON.stringify(context) : ''}`;
      if (this.#answered.has(question)) continue;
      const matching = statements.filter((statement) => matches(statement, need));
      if (matching.some(({ Effect }) => Effect === 'Deny') || matching.length === 0)
        throw new Denied(short(role), need);
      this.used.add(`${short(role)} ${need.action}`);
      const names = matching.flatMap(({ Action }) => list(Action).filter((pattern) => like(pattern, need.action)));
      if (new Set(names).size === 1) this.needed.add(`${short(role)} ${names[0]}`);
      this.#answered.add(question);
    }
  }

  /** Lets a service act with a role, or not. @throws Denied */
  assume(role: string, service: string, account: string): void {
    const context = { 'aws:SourceAccount': account };
    const isTrusted = this.#trust
      .get(role)
      ?.Statement.some((statement) => trusts(statement, service) && holds(statement.Condition, context));
    if (!isTrusted) throw new Denied(service, { action: 'sts:AssumeRole', resource: short(role) });
  }

  /** Every action that a role is allowed, as `Role action`. */
  allowed(): string[] {
    return [...this.#policies].flatMap(([role, statements]) =>
      statements.flatMap(({ Action }) => list(Action).map((action) => `${short(role)} ${action}`)),
    );
  }
}

/** Whether a policy on a resource, such as a queue's, lets a service act on it. */
export function resourceAllows(policy: Policy, service: string, need: Need): boolean {
  return policy.Statement.some(
    (statement) => statement.Effect === 'Allow' && trusts(statement, service) && matches(statement, need),
  );
}

function matches({ Action, Resource, Condition }: Statement, { action, resource, context = {} }: Need): boolean {
  return (
    list(Action).some((pattern) => like(pattern, action)) &&
    list(Resource).some((pattern) => like(pattern, resource)) &&
    holds(Condition, context)
  );
}

function trusts({ Principal }: Statement, service: string): boolean {
  return Principal === '*' || list(Principal?.Service).includes(service);
}

function holds(condition: Statement['Condition'], context: Record<string, string>): boolean {
  return Object.entries(condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => {
      const value = context[key];
      if (value === undefined) return false;
      if (operator === 'StringEquals') return list(wanted).includes(value);
      if (['ArnEquals', 'ArnLike', 'StringLike'].includes(operator))
        return list(wanted).some((pattern) => like(pattern, value));
      throw new Error(`the rehearsal does not know the condition operator ${operator}: add it to rehearsal/iam.ts`);
    }),
  );
}

/** `*` is any characters and `?` one, as in IAM; action names ignore case. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(value);
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The logical id in the ARN of a role that the template does not name. */
function short(role: string): string {
  return (
    role
      .split('/')
      .at(-1)
      ?.replace(/^lamplighter-/, '') ?? role
  );
}
