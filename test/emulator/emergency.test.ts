import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import { deployed, describeOnEmulators, removed } from './aws.ts';
import { eventually } from './eventually.ts';

describeOnEmulators((aws) => {
  const stage = deployed(
    aws,
    () => ({
      file: 'test/fixtures/variants.yml',
      stage: 'brake',
      region: 'us-east-1',
      zone: 'America/New_York',
      ids: [1, 2, 3, 4, 5].map((digit) => `i-0aaaaaaaaaaaaaaa${digit}`),
      changes: { 'ssm:/lamplighter/test/discord': 'ssm:/lamplighter/brake/discord' },
    }),
    false,
  );
  const say = (word: object) => stage().account.invoke('overrideWorkload', word);
  const boot = () => stage().instances[2] ?? '';
  const gate = () => stage().account.item('stage', 'gate');

  test('in mid-job somebody stops everything - the run is cut off, its instance is off, and both are said', async () => {
    const { account } = stage();
    const { scheduledFor, key } = stage().next();
    const execution = await account.deliver('boot-at-00', scheduledFor);
    await stage().handedOver('boot', key);
    expect(await account.stateOf(boot())).toBe('running');

    expect(await say({ act: 'emergency-stop', by: 'kim', why: 'a drill' })).toEqual({
      said: 'emergency-stop the stage',
    });

    expect(await account.ended(execution)).toMatchObject({ status: 'ABORTED', cause: 'stopped by kim: a drill' });
    await eventually('the instance is off', async () => (await account.stateOf(boot())) === 'stopped');
    expect(await gate()).toMatchObject({ act: 'pause', emergency: true, by: 'kim', why: 'a drill' });
    await eventually('the record', async () => (await account.run('boot', key))?.status === 'aborted');
    expect(await account.run('boot', key)).toMatchObject({ reason: 'stopped by kim: a drill' });
    const stateMachineArn = account.machineArn('emergency-stop');
    const { executions: [emergency] = [] } = await account.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(await account.ended(emergency?.executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED' });
    const states = await account.states(emergency?.executionArn);
    expect(states).toEqual(expect.arrayContaining(['CloseGate', 'SayBegins', 'StopTargets', 'BeginRound', 'Stopped']));
    expect(states).not.toContain('PhrasePlainly');
    await eventually('that all is off', async () =>
      aws()
        .discord.titles('brake')
        .some((title) => title.startsWith('Emergency stop: everything is off')),
    );
  });

  test('while it holds - a start is skipped with who and why', async () => {
    const { account } = stage();
    const { scheduledFor, key } = stage().next();
    await account.ended(await account.deliver('boot-at-00', scheduledFor));
    const reason = 'the stage is paused by kim: a drill';
    expect(await account.run('boot', key)).toMatchObject({ status: 'skipped', reason });
    expect(await account.stateOf(boot())).toBe('stopped');
  });

  test('somebody resumes - the gate is open, and the incident is over', async () => {
    await say({ act: 'resume', by: 'lee', why: 'the drill is over' });
    expect(await gate()).toBeUndefined();
    await eventually('that it is over', async () =>
      aws()
        .discord.titles('brake')
        .some((title) => title.includes('Emergency stop is over')),
    );
    expect(await stage().account.item('stage', 'order')).toMatchObject({ act: 'resume', by: 'lee', lost: [] });
  });

  test('two people say contrary things at once - one alone is obeyed, and the other is answered so', async () => {
    const word = { workload: 'boot', why: 'a drill' };
    const answers = await Promise.allSettled([
      say({ ...word, act: 'pause', by: 'kim' }),
      say({ ...word, act: 'resume', by: 'lee' }),
    ]);
    const order = await stage().account.item('workload#boot', 'order');
    const refused = answers.filter(({ status }) => status === 'rejected');
    // Two invocations may be further apart than the moment that counts.
    if (refused.length === 0) return expect(order).toMatchObject({ lost: [] });
    expect(String((refused[0] as PromiseRejectedResult).reason)).toMatch(
      /was not done: (kim said pause|lee said resume)/,
    );
    expect(order).toMatchObject({ lost: [expect.objectContaining({ why: 'a drill' })] });
  });

  removed(stage);
});
