import { AwsError } from './errors.ts';
import type { Request } from './stack.ts';
import { resourcesOf, type StackTemplate } from './template-copy.ts';

/**
 * The parameters of a stack: what was given, or was before, or is the default.
 *
 * @throws AwsError as CloudFormation refuses what the template does not have, or has without a value
 */
export function parametersOf(
  { parameters: declared }: StackTemplate,
  given: Request['Parameters'] = [],
  before: Record<string, string> = {},
): Record<string, string> {
  const values = Object.fromEntries(
    given.map(({ ParameterKey: key, ParameterValue: value = '', UsePreviousValue: isOld }) => [
      key,
      isOld ? (before[key] ?? '') : value,
    ]),
  );
  if (!declared) return values;
  const unknown = Object.keys(values).filter((name) => !(name in declared));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const all = Object.entries({ ...declared, ...values });
  const missing = all.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(all.map(([name, value]) => [name, value ?? '']));
}

/**
 * Roles and users are only made for whoever says that they may be.
 *
 * @source CloudFormation API reference, CreateStack, Capabilities
 * @throws AwsError
 */
export function requireCapabilities(template: StackTemplate, given: string[] = []): void {
  const all = withNested(template).filter(({ type }) => type.startsWith('AWS::IAM::'));
  const isNamed = all.some(({ properties }) =>
    /(Role|User|Group|InstanceProfile|ManagedPolicy)Name/.test(Object.keys(properties).join()),
  );
  const needed = isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  if (all.length > 0 && !given.includes(needed) && !given.includes('CAPABILITY_NAMED_IAM'))
    throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}

function withNested(template: StackTemplate): ReturnType<typeof resourcesOf> {
  return resourcesOf(template).flatMap((one) => (one.nested ? withNested(one.nested) : [one]));
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
