import { ConfigurationMissing } from './errors.ts';

/**
 * The value of an environment variable that the deployment supplies.
 *
 * @throws ConfigurationMissing naming the variable, when it is absent or empty.
 */
export function env(name: string): string {
  const value = process.env[name];
  if (value) return value;
  const where = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'this process';
  throw new ConfigurationMissing(
    `${where} needs the environment variable ${name}: add it in the function's function.yml`,
  );
}
