import { contradictions } from './contradictions.ts';
import { explain, faultsOf, KNOWN_KEY } from './explain.ts';
import { type Fault, StageFileInvalid } from './faults.ts';
import { type StageFile, stageSchema } from './schema.ts';
import { hide, secretsInClear } from './secrets.ts';
import { readSource } from './source.ts';
import { substitute } from './substitute.ts';
import { wellFormed } from './well-formed.ts';

/**
 * Reads and validates a stage file.
 *
 * @param file path of the YAML file
 * @param environment where `${env:NAME}` and `${env:NAME, default}` come from
 * @throws StageFileInvalid naming every fault at once: file, line, path, found, expected, how to mend it.
 */
export function readStage(file: string, environment: NodeJS.ProcessEnv = process.env): StageFile {
  const { written, lineOf } = readSource(file);
  const unset: Fault[] = [];
  const values = substitute(written, environment, unset) as Record<string, unknown>;
  const secrets = [...secretsInClear(written), ...secretsInClear(values)];
  const faults = [...secrets, ...unset.filter((fault) => !secrets.some(samePlace(fault)))];
  const shown = hide(
    written,
    secrets.map(({ path }) => path),
  );
  const parsed = stageSchema.safeParse(values, { error: explain });
  const further = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => faultsOf(issue, (path) => at(shown, path))),
    ...contradictions(parsed.data ?? wellFormed(values)).map((fault) => asWritten(fault, values, shown)),
  ];
  // A value that was spoken of is not judged again; that its key is unknown is another matter.
  faults.push(...further.filter((fault) => fault.expected === KNOWN_KEY || !faults.some(samePlace(fault))));
  const distinct = faults.filter((fault, index) => faults.findIndex(sameFault(fault)) === index);
  if (distinct.length > 0 || !parsed.success) throw new StageFileInvalid(file, distinct, lineOf);
  return parsed.data;
}

/** What the environment puts in is nobody's business. */
function asWritten(fault: Fault, values: unknown, shown: unknown): Fault {
  return fault.found === at(values, fault.path) ? { ...fault, found: at(shown, fault.path) } : fault;
}

function at(value: unknown, path: Fault['path']): unknown {
  return path.reduce((inside, key) => (inside as Record<string | number, unknown> | undefined | null)?.[key], value);
}

function samePlace({ path }: Fault): (other: Fault) => boolean {
  return (other) => JSON.stringify(other.path) === JSON.stringify(path);
}

function sameFault(fault: Fault): (other: Fault) => boolean {
  const isSamePlace = samePlace(fault);
  return (other) => isSamePlace(other) && other.expected === fault.expected;
}
