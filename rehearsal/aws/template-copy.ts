import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

/** A resource as a template declares it. */
export interface Declared {
  id: string;
  type: string;
  /** Its DeletionPolicy, where it has one. */
  policy?: string;
  properties: Record<string, unknown>;
  nested?: StackTemplate;
}

/** A template of the environment, with the templates that it nests. */
export interface StackTemplate {
  text: string;
  /** Parameter → its default; absent where any parameter is taken. */
  parameters?: Record<string, string | undefined>;
  /** The resources in the order of their creation: those of one wave at the same time. */
  waves: Declared[][];
}

interface Source {
  Parameters?: Record<string, { Default?: unknown }>;
  Resources?: Record<
    string,
    { Type: string; DeletionPolicy?: string; DependsOn?: unknown; Properties?: Record<string, unknown> }
  >;
}

const NESTED = 'AWS::CloudFormation::Stack';

/** What an environment without a copy of its template is made of. */
const PLAIN = {
  'master.yml': `Resources:
  NetworkStack: { Type: ${NESTED}, Properties: { TemplateURL: https://s3.amazonaws.com/plain/network.yml } }
  Cluster: { Type: AWS::ECS::Cluster, DependsOn: NetworkStack }
  Service: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref Cluster } }
`,
  'network.yml': `Resources:
  Vpc: { Type: AWS::EC2::VPC }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc } }
`,
};

/**
 * The template of an environment: the copy that the stage file names, with what it nests beside it, or a plain one.
 *
 * @param root the folder that the copy is relative to
 * @throws Error that names the file, when it cannot be read
 */
export function templateOf(copy: string | undefined, root: string): StackTemplate {
  if (copy) return read(resolve(root, copy), (file) => readFileSync(file, 'utf8'));
  const { parameters: _, ...plain } = read('master.yml', (file) => PLAIN[basename(file) as keyof typeof PLAIN]);
  return plain;
}

/** Every resource of a template. */
export function resourcesOf({ waves }: StackTemplate): Declared[] {
  return waves.flat();
}

/** The resource at a path of logical ids, such as `DatabaseStack/Cluster`. */
export function resourceAt(template: StackTemplate, path: string[]): Declared | undefined {
  const [id, ...rest] = path;
  const found = resourcesOf(template).find((declared) => declared.id === id);
  if (rest.length === 0) return found;
  return found?.nested && resourceAt(found.nested, rest);
}

function read(file: string, load: (file: string) => string): StackTemplate {
  try {
    const text = load(file);
    // Tags such as !Ref are read as what they are written before; without a log level each of them is a warning.
    const { Parameters = {}, Resources = {} } = parse(text, { logLevel: 'error' }) as Source;
    const declared = Object.entries(Resources).map(([id, { Type, DeletionPolicy, Properties = {} }]) => ({
      id,
      type: Type,
      ...(DeletionPolicy && { policy: DeletionPolicy }),
      properties: Properties,
      ...(Type === NESTED && { nested: read(join(dirname(file), nestedFile(Properties['TemplateURL'])), load) }),
    }));
    return {
      text,
      parameters: Object.fromEntries(
        Object.entries(Parameters).map(([name, { Default }]) => [
          name,
          Default === undefined ? undefined : String(Default),
        ]),
      ),
      waves: inWaves(declared, (id) => Resources[id]),
    };
  } catch (error) {
    if (error instanceof TemplateUnreadable) throw error;
    throw new TemplateUnreadable(`the rehearsal cannot read the template ${file}: ${String(error)}`);
  }
}

/** A template that the stage file names and that cannot be used. */
class TemplateUnreadable extends Error {
  override name = 'TemplateUnreadable';
}

/** The file name at the end of a TemplateURL, however it is put together. */
function nestedFile(url: unknown): string {
  const found = strings(url)
    .map((text) => text.match(/([^/]+\.(?:ya?ml|json|template))$/)?.[1])
    .filter((name) => name !== undefined);
  const name = found.at(-1);
  if (!name) throw new Error(`no file name in the TemplateURL ${JSON.stringify(url)}`);
  return name;
}

/** What refers to nothing that is left comes next. A circle, which AWS would refuse, is cut at its first resource. */
function inWaves(declared: Declared[], source: (id: string) => unknown): Declared[][] {
  const waves: Declared[][] = [];
  let left = declared;
  while (left.length > 0) {
    const isFree = ({ id }: Declared) => !left.some((other) => other.id !== id && mentions(source(id), other.id));
    const wave = left.some(isFree) ? left.filter(isFree) : left.slice(0, 1);
    waves.push(wave);
    left = left.filter((one) => !wave.includes(one));
  }
  return waves;
}

/** Whether a part of a template refers to a resource or parameter, in any of the ways that it can. */
export function mentions(part: unknown, name: string): boolean {
  return strings(part).some(
    (text) => text === name || text.startsWith(`${name}.`) || new RegExp(`\\$\\{${name}[.}]`).test(text),
  );
}

function strings(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  return part && typeof part === 'object' ? Object.values(part).flatMap(strings) : [];
}
