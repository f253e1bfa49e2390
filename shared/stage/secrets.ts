import type { Fault } from './faults.ts';

const SHAPES: [string, RegExp][] = [
  ['a Discord webhook', /discord(app)?\.com\/api\/webhooks\//i],
  ['a Slack webhook or token', /hooks\.slack\.com\/|\bxox[abeprs]-/i],
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i],
];
const NAMES = /secret|token|passw(or)?d|api_?key|private_?key|credential|webhook/i;

/**
 * Every secret that is written in clear anywhere in the file: by the shape of the value, or by the name that it
 * stands under. What is found is not repeated in the fault, since faults are printed and logged.
 */
export function secretsInClear(value: unknown, path: Fault['path'] = []): Fault[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => secretsInClear(entry, [...path, index]));
  if (value && typeof value === 'object')
    return Object.entries(value).flatMap(([key, entry]) => secretsInClear(entry, [...path, key]));
  if (typeof value !== 'string' || value.startsWith('ssm:')) return [];
  const what = SHAPES.find(([, shape]) => shape.test(value))?.[0] ?? named(path);
  if (!what) return [];
  return [
    {
      path,
      found: `${what}, written in clear`,
      expected: 'a reference such as ssm:/lamplighter/dev/name',
      mend: 'put the value in SSM Parameter Store as a SecureString, write ssm: and its name here, and change the secret: it has been in a file',
    },
  ];
}

function named(path: Fault['path']): string | undefined {
  const name = String(path.at(-1) ?? '');
  return NAMES.test(name) && !/name|path|url$/i.test(name.replace(/webhook/i, ''))
    ? `a value for "${name}"`
    : undefined;
}
