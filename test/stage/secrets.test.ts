import { describe, expect, test } from '@jest/globals';
import { batch, changed, ENVIRONMENT, faultsOf, read, said } from './stage-file.ts';

/** Made up, and no secret of anybody. */
const WEBHOOK = 'https://discord.com/api/webhooks/1234567890/AbCdEf-hunter2';

/** The valid file with one more environment variable of the job. */
function withVariable(name: string, value: string): string {
  return changed('LOG_LEVEL: INFO', `${name}: ${JSON.stringify(value)}`);
}

describe('a secret in clear', () => {
  test.each([
    ['API_KEY', 'hunter2', 'a value for API_KEY'],
    ['DB_PASSWORD', 'hunter2', 'a value for DB_PASSWORD'],
    ['PGPASSWORD', 'hunter2', 'a value for PGPASSWORD'],
    ['MYSQL_PWD', 'hunter2', 'a value for MYSQL_PWD'],
    ['AWS_SECRET_ACCESS_KEY', 'hunter2', 'a value for AWS_SECRET_ACCESS_KEY'],
    ['UPBIT_ACCESS_KEY', 'hunter2', 'a value for UPBIT_ACCESS_KEY'],
    ['clientSecret', 'hunter2', 'a value for clientSecret'],
    ['PASSWORD', '12345678', 'a value for PASSWORD'],
    ['SLACK_WEBHOOK_URL', 'https://example.com/hunter2', 'a value for SLACK_WEBHOOK_URL'],
    ['WHERE', WEBHOOK, 'a Discord webhook'],
    ['WHERE', 'https://hooks.slack.com/services/T0/B0/hunter2', 'a Slack webhook or token'],
    ['WHERE', 'https://hooks.slack-gov.com/services/T0/B0/hunter2', 'a Slack webhook or token'],
    [
      'WHERE',
      'https://prod-12.westeurope.logic.azure.com:443/workflows/ab/triggers/manual/paths/invoke?sig=hunter2',
      'a Teams webhook',
    ],
    [
      'WHERE',
      'https://default0a.1b.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/ab/hunter2',
      'a Teams webhook',
    ],
    ['WHERE', 'https://example.webhook.office.com/webhookb2/hunter2', 'a Teams webhook'],
    ['HEADER', 'Authorization: Bearer abcdef0123456789', 'an access token'],
    ['WHO', 'AKIAABCDEFGHIJKLMNOP', 'an AWS access key'],
    ['WHO', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'an access token'],
    ['WHO', 'sk-ant-abcdefghijklmnop', 'an API key'],
    ['WHO', '123456789:AAabcdefghijklmnopqrstuvwxyz-0123456', 'a bot token'],
    ['WHO', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef', 'a signed token'],
    ['PEM', '-----BEGIN RSA PRIVATE KEY----- MIIhunter2', 'a private key'],
    ['DATABASE', 'postgres://app:hunter2@db.example.com/app', 'a password in an address'],
    ['OPTIONS', '--user app --password hunter2', 'a password on a command line'],
    ['OPTIONS', 'https://example.com/?user=1&api_key=hunter2', 'a value for api_key'],
  ])('%s: %s - refused, and not repeated', (name, value, what) => {
    const text = withVariable(name, value);
    const [fault, ...others] = said(text);

    expect(others).toEqual([]);
    expect(fault?.place).toBe(`x.yml:25  workloads.nightly.run.environment.${name}`);
    expect(fault?.found).toBe(JSON.stringify(`${what}, written in clear`));
    expect(fault?.expected).toBe('a reference such as ssm:/lamplighter/dev/name');
    expect(fault?.mend).toMatch(/^put the value in SSM .* write ssm: .* change the secret: it has been in a file$/);
    expect(JSON.stringify(faultsOf(text).faults)).not.toContain(value);
  });

  test.each([
    ['as the webhook of a channel', changed('"ssm:/lamplighter/dev/discord"', WEBHOOK)],
    ['in a block where a text is meant', changed('"ssm:/lamplighter/dev/discord"', `{ url: "${WEBHOOK}" }`)],
    ['under an unknown key', changed('cwd: /srv/app', `cwb: "${WEBHOOK}"`)],
    ['as a key', changed('LOG_LEVEL: INFO', `"${WEBHOOK}": x`)],
    ['as a key of any name', changed('gp3: 0.0912', `"${WEBHOOK}": 1`)],
    ['as a key where a text is meant', changed('cwd: /srv/app', `cwd: { "${WEBHOOK}": x }`)],
    ['where a number is meant', changed('daily: 20', `daily: "${WEBHOOK}"`)],
    ['in a long text', changed('region: ap-northeast-2', `region: "${'x'.repeat(60)} ${WEBHOOK}"`)],
    ['as a number', changed('LOG_LEVEL: INFO', 'API_TOKEN: 402731')],
    ['in a list', changed('LOG_LEVEL: INFO', 'PASSWORD: [hunter2]')],
    ['in the command', changed('--level 3', '--api-key hunter2')],
    ['before the command', changed('command: python3', 'command: APP_TOKEN="hunter2" python3')],
  ])('%s - nothing of it in the message', (_, text) => {
    const { message, faults } = faultsOf(text);
    expect(message + JSON.stringify(faults)).not.toMatch(/hunter2|402731|webhooks\/1|AbCdEf/);
  });

  test('in the command - mended by the environment of the job', () => {
    const [fault] = said(changed('--level 3', '--token hunter2'));
    expect(fault?.mend).toContain('write its ssm: name in run.environment and $NAME here');
  });

  test('from a variable that is not set - is not asked for', () => {
    const text = changed('LOG_LEVEL: INFO', 'API_KEY: "${env:API_KEY}"');
    expect(said(text).map(({ expected }) => expected)).toEqual(['a reference such as ssm:/lamplighter/dev/name']);
  });

  test('under an unknown key - both are said', () => {
    expect(said(changed('cwd: /srv/app', 'api_key: hunter2')).map(({ expected }) => expected)).toEqual([
      'a reference such as ssm:/lamplighter/dev/name',
      'a key that stage files have here',
    ]);
  });
});

describe('a secret in the parameters of a stack', () => {
  const withParameter = (value: string) => changed('"{{resolve:ssm-secure:/chat/password}}"', value, ENVIRONMENT);

  test.each([
    ['hunter2', 'a value for DatabasePassword'],
    ['"12345678"', 'a value for DatabasePassword'],
    ['"{{resolve:ssm:/chat/password}}"', 'a value for DatabasePassword'],
    ['"{{resolve:ssm-secure:/chat}} hunter2"', 'a value for DatabasePassword'],
    ['"https://discord.com/api/webhooks/123/hunter2"', 'a Discord webhook'],
  ])('%s - refused, and mended as CloudFormation needs it', (value, found) => {
    const text = withParameter(value);
    expect(faultsOf(text).message).not.toContain('hunter2');
    expect(said(text)).toEqual([
      {
        place: expect.stringContaining('workloads.chat-app.stack.parameters.DatabasePassword'),
        found: `"${found}, written in clear"`,
        expected: 'a dynamic reference such as {{resolve:ssm-secure:/app/name}}',
        mend: expect.stringContaining('write "{{resolve:ssm-secure:…}}" or "{{resolve:secretsmanager:…}}" here'),
      },
    ]);
  });

  test.each(['{{resolve:ssm-secure:/chat/password:3}}', '{{resolve:secretsmanager:chat:SecretString:password}}'])(
    '%s - passes',
    (value) => {
      expect(() => read(withParameter(`"${value}"`))).not.toThrow();
    },
  );

  test('a password in the address of the health check - refused', () => {
    const text = changed('https://dev.', 'https://me:hunter2@dev.', ENVIRONMENT);
    expect(said(text).map(({ found }) => found)).toEqual(['"a password in an address, written in clear"']);
  });
});

describe('a secret from the environment', () => {
  test.each([
    ['under the name of a secret', 'API_TOKEN: "${env:ANY}"', 'a value for API_TOKEN'],
    [
      'from a variable with the name of one',
      'AUTH: "${env:GITHUB_TOKEN}"',
      'the value of the environment variable GITHUB_TOKEN',
    ],
    ['by its shape', 'AUTH: "${env:ANY}"', 'a bot token'],
  ])('%s - refused, since it would be in the package', (_, variable, found) => {
    const value = '123456789:AAabcdefghijklmnopqrstuvwxyz-0123456';
    const text = changed('LOG_LEVEL: INFO', variable);
    const { message } = faultsOf(text, { ANY: value, GITHUB_TOKEN: 'hunter2' });
    expect(message).toContain(`found     "${found}, written in clear"`);
    expect(message).not.toMatch(/hunter2|AAabc/);
  });
});

describe('what only looks like a secret', () => {
  test.each([
    ['AWS_SECRET_NAME', 'my/secret-name'],
    ['SECRET_ARN', 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:app'],
    ['DB_SECRET', 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:app'],
    ['TOKEN_URL', 'https://auth.example.com/oauth/token'],
    ['WEBHOOK_PATH', '/hooks'],
    ['PASSWORD_FILE', '/run/secrets/db'],
    ['TOKEN_TTL', '3600'],
    ['MAX_TOKENS', '4096'],
    ['TOKENIZER', 'gpt2'],
    ['PASSWORD_MIN_LENGTH', '8'],
    ['USE_TOKEN', 'true'],
    ['TOKEN', ''],
    ['API_KEY', 'ssm:/app/api-key'],
    ['KEY', 'us-east'],
    ['CACHE_KEY', 'v1'],
    ['PWD', '/srv/app'],
    ['PASSWORD', '$DB_PASSWORD'],
    ['MONKEY', 'chimp'],
    ['REPOSITORY', 'git@github.com:example/app.git'],
    ['CACHE', 'redis://cache.example.com:6379/0'],
    ['DATABASE', 'postgres://app:$DB_PASSWORD@db.example.com/app'],
    ['OPTIONS', '--token-file /run/token --password-stdin --token $TOKEN'],
    ['DOCS', 'https://discord.com/developers/docs/resources/webhook'],
    ['COMMIT', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ])('%s: %s - passes', (name, value) => {
    expect(batch(read(withVariable(name, value))).run.environment[name]).toBe(value);
  });

  test('the name of a secret from the environment - passes', () => {
    expect(() =>
      read(withVariable('AWS_SECRET_NAME', '${env:SECRET_NAME}'), { SECRET_NAME: 'my/secret' }),
    ).not.toThrow();
  });

  test('channels and workloads that are called so - pass', () => {
    const text = changed('    mail: {', '    webhook: {', changed('[discord, mail]', '[discord, webhook]'));
    expect(() => read(changed('  nightly:', '  token:', text))).not.toThrow();
  });
});
