import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Outcome = { result: unknown } | { error: { name: string; message: string } };

const INVOKE = `
  const { handler } = require(process.argv[1]);
  if (typeof handler !== 'function') throw new Error('no handler');
  const say = (outcome) => { require('node:fs').writeSync(1, '\\n' + JSON.stringify(outcome)); process.exit(); };
  if (process.argv.length < 3) say({ result: 'loaded' });
  else handler(JSON.parse(process.argv[2]), {}).then(
    (result = null) => say({ result }),
    ({ name, message }) => say({ error: { name, message } }),
  );`;

/** Loads a bundle in a process of its own, as Lambda does, and invokes its handler where there is an event. */
export async function run(bundle: string, event?: object, env: Record<string, string> = {}): Promise<Outcome> {
  const args = ['-e', INVOKE, bundle, ...(event ? [JSON.stringify(event)] : [])];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...LAMBDA, ...env } });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as Outcome;
}

/** What Lambda sets, with credentials of nobody. */
const LAMBDA = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SESSION_TOKEN: 'not-a-token',
  AWS_MAX_ATTEMPTS: '1',
};
