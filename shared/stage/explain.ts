import * as z from 'zod';
import { didYouMean, type Fault } from './faults.ts';

/** What is expected where a key is that the schema does not know. */
export const KNOWN_KEY = 'a key that stage files have here';

/**
 * The words for a block; a field has its own. To be given to zod, which gives it the schema that found the fault;
 * without it zod would use words of its own.
 */
export function explain({ code, inst }: z.core.$ZodRawIssue): string {
  const keys = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  if (code === 'unrecognized_keys') return keys.join('\n');
  const indent = 'indent its settings below it, or write { key: value }; examples/ have some';
  if (keys.length > 0) return `a block with ${keys.join(', ')}\n${indent}`;
  if (inst instanceof z.ZodDiscriminatedUnion) return `a block with a kind and its settings\n${indent}`;
  return 'a value of another form\ncompare with a file of examples/';
}

/**
 * One finding of zod as faults.
 *
 * @param foundAt what the file has at a path, secrets hidden
 */
export function faultsOf(issue: z.core.$ZodIssue, foundAt: (path: Fault['path']) => unknown): Fault[] {
  const path = issue.path as Fault['path'];
  const found = foundAt(path);
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split('\n');
    return issue.keys.map((key) => ({
      path: [...path, key],
      found: key,
      expected: KNOWN_KEY,
      mend: didYouMean(key, known),
    }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator) {
    const kinds = ('options' in issue ? issue.options : undefined)?.map(String) ?? [];
    const mend = found === undefined ? `add kind: ${kinds.join(' or ')}` : didYouMean(String(found), kinds);
    return [{ path, found, expected: `one of: ${kinds.join(', ')}`, mend }];
  }
  if (issue.code === 'invalid_union') {
    const meant = alternative(issue.errors);
    if (meant) return meant.flatMap((inner) => faultsOf({ ...inner, path: [...path, ...inner.path] }, foundAt));
  }
  if (issue.code === 'invalid_key') return [{ path, found: path.at(-1), ...words(issue.issues[0]?.message) }];
  const { expected, mend } = words(issue.message);
  return [{ path, found, expected, mend: found === undefined ? `add ${path.at(-1)}: ${mend}` : mend }];
}

/** The one alternative of a union that has the form of what was found, if there is just one: its faults are nearer. */
function alternative(errors: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const within = errors.filter((issues) => issues.every(({ path }) => path.length > 0));
  const ofForm = errors.filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && !path.length));
  return [within, ofForm].find((fitting) => fitting.length === 1)?.[0];
}

function words(message = ''): { expected: string; mend: string } {
  const [expected = '', mend = ''] = message.split('\n');
  return { expected, mend };
}
