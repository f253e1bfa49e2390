import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { ConfigurationMissing } from '../errors.ts';

const parameters = new SSMProvider();

/** How long a secret may be used after it was read: a rotated one is in use within five minutes, without a deploy. */
const MAX_AGE_SECONDS = 300;

/**
 * The value behind a reference such as `ssm:/lamplighter/dev/discord`.
 *
 * @throws ConfigurationMissing naming the parameter and why it cannot be read, never a value.
 */
export async function secret(reference: string): Promise<string> {
  const name = reference.replace(/^ssm:/, '');
  const value = await parameters
    .get(name, { decrypt: true, maxAge: MAX_AGE_SECONDS })
    // What AWS says of a parameter that is not there has a name, and no words.
    .catch(({ cause, name: own }: Error) => {
      const why = cause instanceof Error ? cause.name : own;
      const mend = why === 'ParameterNotFound' ? ': create it as a SecureString' : '';
      throw new ConfigurationMissing(`the parameter ${name} cannot be read (${why})${mend}`);
    });
  if (value) return value;
  throw new ConfigurationMissing(`SSM has no parameter ${name}: create it as a SecureString`);
}
