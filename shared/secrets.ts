import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { ConfigurationMissing } from './errors.ts';

const parameters = new SSMProvider();

/** How long a secret may be used after it was read: a rotated one is in use within five minutes, without a deploy. */
const MAX_AGE_SECONDS = 300;

/**
 * The value behind a reference such as `ssm:/lamplighter/dev/discord`.
 *
 * @throws ConfigurationMissing naming the parameter, never a value.
 */
export async function secret(reference: string): Promise<string> {
  const name = reference.replace(/^ssm:/, '');
  const value = await parameters.get(name, { decrypt: true, maxAge: MAX_AGE_SECONDS });
  if (value) return value;
  throw new ConfigurationMissing(`SSM has no parameter ${name}: create it as a SecureString`);
}
