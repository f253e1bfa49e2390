import type { Fault } from './faults.ts';

/** What a secret looks like, wherever it stands. A shell's `$NAME` is a reference, not a secret. */
const SHAPES: [string, RegExp][] = [
  ['a Discord webhook', /[\w.:/]*discord(app)?\.com\/api\/(v\d+\/)?webhooks\/[^\s"']*/gi],
  ['a Slack webhook or token', /[\w.:/]*hooks\.slack(-gov)?\.com\/[^\s"']*|\bxox[abeprs]-[\w-]+/gi],
  // Addresses of workflows, of Power Automate's older and newer kind, and of the connectors before them.
  [
    'a Teams webhook',
    /[\w.:/-]*(\.logic\.azure\.(com|us)(:\d+)?\/workflows|\.api\.powerplatform\.(com|us)(:\d+)?\/powerautomate|\.webhook\.office\.com|outlook\.office(365)?\.com\/webhook)\/[^\s"']*/gi,
  ],
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/g],
  [
    'an access token',
    /\b(gh[opsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|npm_\w{30,}|AIza[\w-]{35}|Bearer\s+[\w.~+/-]{16,})/g,
  ],
  ['an API key', /\b(sk|rk)[-_](live|test|ant|proj)[-_][\w-]{10,}|\bSG\.[\w-]{16,}\.[\w-]{16,}/g],
  ['a bot token', /\b\d{8,10}:AA[\w-]{30,}/g],
  ['a signed token', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY[\s\S]*/g],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?!\$)[^\s/@"']+@/gi],
  [
    'a password on a command line',
    /(?<![\w-])--?(password|passwd|token|(api|access|secret)-?key|client-secret)(\s+|=)(?!["']?(\$|`|@|ssm:)|-)[^\s"]+/gi,
  ],
];

/** The last word of a name says what its value is: `DB_PASSWORD` is one, `AWS_SECRET_NAME` and `TOKEN_URL` are not. */
const SECRET_WORD = /(password|passwd|passphrase|secret|token|credential|webhook|apikey|tokens|secrets|credentials)$/;
const SECRET_WORDS =
  /(api|access|auth|private|secret|shared|signing|encryption|account|master) keys?$|\w pwd$|webhook ur[li]$/;

/** Values that are no secret under any name: nothing, a switch, a reference to where the secret is. */
const HARMLESS =
  /^$|^(true|false|yes|no|on|off|none|null)$|^ssm:|^arn:|^\$\w+$|^\{\{resolve:(ssm-secure|secretsmanager):[^{}]+\}\}$/i;

/**
 * Every secret that is written in clear anywhere in the file: by the shape of the value, or by the name that it
 * stands under. What is found is not repeated in the fault, since faults are printed and logged.
 */
export function secretsInClear(value: unknown, path: Fault['path'] = []): Fault[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => secretsInClear(entry, [...path, index]));
  if (value && typeof value === 'object')
    return Object.entries(value).flatMap(([key, entry]) => {
      const below = [...path, key];
      const what = shapeOf(key);
      return what ? [inClear(what, below)] : secretsInClear(entry, below);
    });
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const what = kindOfSecret(String(value), String(path.findLast((part) => typeof part === 'string') ?? ''));
  return what ? [inClear(what, path)] : [];
}

function inClear(what: string, path: Fault['path']): Fault {
  const { expected, mend } = instead(path);
  return {
    path,
    found: `${what}, written in clear`,
    expected,
    mend: `put the value in ${mend}, and change the secret: it has been in a file`,
  };
}

/** A command is a shell's: the reference stands in its environment. A parameter of a stack is CloudFormation's. */
function instead(path: Fault['path']): { expected: string; mend: string } {
  const store = 'SSM Parameter Store as a SecureString';
  if (path[2] === 'stack' && path[3] === 'parameters')
    return {
      expected: 'a dynamic reference such as {{resolve:ssm-secure:/app/name}}',
      mend: `${store} or in Secrets Manager, write "{{resolve:ssm-secure:…}}" or "{{resolve:secretsmanager:…}}" here`,
    };
  const expected = 'a reference such as ssm:/lamplighter/dev/name';
  if (path.at(-1) === 'command')
    return { expected, mend: `${store}, write its ssm: name in run.environment and $NAME here` };
  return { expected, mend: `${store}, write ssm: and its name here` };
}

/** The text without whatever in it has the shape of a secret. */
export function conceal(text: string): string {
  return SHAPES.reduce((rest, [, shape]) => rest.replace(shape, '(secret)'), text);
}

/** A copy without secrets: nothing but `(secret)` at these paths, and none by its shape, be it a key. */
export function hide(value: unknown, paths: Fault['path'][]): unknown {
  if (paths.some((path) => path.length === 0)) return '(secret)';
  if (typeof value === 'string') return conceal(value);
  if (value === null || typeof value !== 'object') return value;
  const hidden = Object.entries(value).map(([key, entry]) => {
    const below = paths.filter(([first]) => String(first) === key).map((path) => path.slice(1));
    return [conceal(key), hide(entry, below)] as const;
  });
  return Array.isArray(value) ? hidden.map(([, entry]) => entry) : Object.fromEntries(hidden);
}

function kindOfSecret(value: string, name: string): string | undefined {
  const shape = shapeOf(value);
  if (shape) return shape;
  if (isSecretName(name) && !isHarmless(value, name)) return `a value for ${name}`;
  const variable = value.matchAll(/\$\{env:\s*(\w+)/g).find(([, variable = '']) => isSecretName(variable));
  if (variable) return `the value of the environment variable ${variable[1]}`;
  const assignment = value
    .matchAll(/(?<![^\s?&;])(\w+)=["']?([^\s$"'`&]+)/g)
    .find(([, left = '', right = '']) => isSecretName(left) && !isHarmless(right, left));
  return assignment && `a value for ${assignment[1]}`;
}

function shapeOf(text: string): string | undefined {
  return SHAPES.find(([, shape]) => text.search(shape) >= 0)?.[0];
}

function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  return SECRET_WORD.test(words) || SECRET_WORDS.test(words);
}

/** `MAX_TOKENS: 4096` counts; a number under any other of these names is a PIN or a password. */
function isHarmless(value: string, name: string): boolean {
  return HARMLESS.test(value.trim()) || (/tokens$/i.test(name) && /^\d+$/.test(value));
}
