import type { Fault } from './faults.ts';

/**
 * Replaces `${env:NAME}` and `${env:NAME, default}` in every text. What cannot be replaced is a fault and stays as
 * it is: a name that is not set is not an empty text.
 *
 * @param faults where to put what is wrong
 */
export function substitute(
  value: unknown,
  environment: NodeJS.ProcessEnv,
  faults: Fault[],
  path: Fault['path'] = [],
): unknown {
  const below = (entry: unknown, key: string | number) => substitute(entry, environment, faults, [...path, key]);
  if (Array.isArray(value)) return value.map(below);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, below(entry, key)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([^}]*)(\}?)/g, (reference, inner: string, end: string) => {
    const [, name, fallback] = (end && /^env:\s*(\w+)\s*(?:,\s*(.*))?$/s.exec(inner)) || [];
    const replacement = name === undefined ? undefined : (environment[name] ?? fallback);
    if (replacement === undefined) faults.push({ path, found: reference, ...advice(name) });
    return replacement ?? reference;
  });
}

function advice(name: string | undefined): { expected: string; mend: string } {
  if (name !== undefined)
    return {
      expected: `the environment variable ${name}`,
      mend: `set ${name}, or write a default: \${env:${name}, value}`,
    };
  return {
    expected: 'a reference such as ${env:NAME} or ${env:NAME, default}',
    mend: 'only env: is replaced in a stage file; a variable of the shell is written $NAME',
  };
}
