import { afterAll, afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const values = new Map<string, string>();
const asked: { Name: string; WithDecryption: boolean }[] = [];
const systemsManager = await listen(async (request, response) => {
  const question = JSON.parse(await bodyOf(request)) as { Name: string; WithDecryption: boolean };
  asked.push(question);
  const { Name } = question;
  const Value = values.get(Name);
  if (Value === undefined) return answer(response, 400, JSON.stringify({ __type: 'ParameterNotFound' }));
  answer(response, 200, JSON.stringify({ Parameter: { Name, Value } }));
});
pretendAws({ SSM: systemsManager.url });
const { secret } = await import('../../../shared/channels/secrets.ts');

const NOW = Date.parse('2026-11-02T00:00:00Z');
const at = (now: number) => jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });

beforeEach(() => {
  asked.length = 0;
  at(NOW);
});
afterEach(() => {
  jest.useRealTimers();
});
afterAll(() => systemsManager.close());

test('a secret - is read decrypted, and for five minutes once', async () => {
  values.set('/test/once', 'first');
  expect(await secret('ssm:/test/once')).toBe('first');
  at(NOW + 299_000);
  expect(await secret('ssm:/test/once')).toBe('first');
  expect(asked).toMatchObject([{ Name: '/test/once', WithDecryption: true }]);
});

test('it is rotated - the new one is used within five minutes, without a deployment', async () => {
  values.set('/test/rotated', 'old');
  expect(await secret('ssm:/test/rotated')).toBe('old');
  values.set('/test/rotated', 'new');
  at(NOW + 301_000);
  expect(await secret('ssm:/test/rotated')).toBe('new');
});

test('it is not there - the error names it, and what to do', async () => {
  const error = await secret('ssm:/test/missing').catch((thrown: Error) => thrown);
  expect(error).toMatchObject({
    name: 'ConfigurationMissing',
    message: 'the parameter /test/missing cannot be read (ParameterNotFound): create it as a SecureString',
  });
});
