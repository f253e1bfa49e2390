import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SendTaskFailureCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ListCommandsCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { named } from '../../shared/notices/parts.ts';
import { Machine } from '../agent/machine.ts';
import { CREDENTIALS, deployed, describeOnEmulators, removed } from './aws.ts';
import { eventually } from './eventually.ts';

/** What names a run in a notice depends on the day in these zones. */
const SEOUL = { timezone: 'Asia/Seoul', workloads: {} };
const NEW_YORK = { timezone: 'America/New_York', workloads: {} };

describeOnEmulators((aws) => {
  describe('examples/ec2-batch.yml', () => {
    const stage = deployed(aws, () => ({
      file: 'examples/ec2-batch.yml',
      stage: 'dev',
      region: 'ap-northeast-2',
      zone: 'Asia/Seoul',
      ids: ['i-0123456789abcdef0'],
    }));
    const pause = { act: 'pause', workload: 'makenaide', by: 'ops@example.com', why: 'moving house' };
    let slot: { scheduledFor: string; key: string };

    test('a schedule fires - the command is sent, the run recorded, the instance stopped, the lease given back', async () => {
      const { account, instances } = stage();
      slot = stage().next();

      const { status, executionArn } = await account.fire('makenaide-at-00', slot.scheduledFor);

      expect(await account.states(executionArn)).toEqual(
        expect.arrayContaining(['ArmSafetyStop', 'StartInstance', 'SendCommand', 'AwaitStopped', 'DisarmSafetyStop']),
      );
      expect(status).toBe('SUCCEEDED');
      const run = await account.run('makenaide', slot.key);
      expect(run).toMatchObject({ status: 'succeeded', by: 'schedule', exitCode: 0, ownsInstance: true });
      expect(run).toMatchObject({ instanceId: instances[0], execution: executionArn });
      expect(run).not.toHaveProperty('open');
      expect(await account.item('workload#makenaide', 'lease')).toMatchObject({ holder: slot.key, until: 0 });
      expect(await account.stateOf(instances[0])).toBe('stopped');
      const { Commands = [] } = await account.functionsSsm.send(new ListCommandsCommand({}));
      expect(Commands).toMatchObject([{ InstanceIds: instances, DocumentName: 'AWS-RunShellScript' }]);
      expect(Commands[0]?.Parameters?.['commands']?.join('\n')).toContain(
        "runuser -u 'ec2-user' -- sh -c 'python3 makenaide.py --risk-level moderate'",
      );
    });

    test('the run has ended - a subscriber of the topic and Discord have heard of its start and its end', async () => {
      const titles = ['started', 'succeeded'].map(
        (what) => `${named({ workload: 'makenaide', key: slot.key }, SEOUL, Date.now())} ${what}`,
      );

      expect(await eventually('both notices', () => stage().account.heard(titles))).toMatchObject([
        { severity: 'info', stage: 'dev' },
        { severity: 'success', stage: 'dev' },
      ]);
      await eventually('both messages', async () =>
        titles.every((title) => aws().discord.titles('dev').includes(title)),
      );
    });

    test('the same start is delivered again - it is handled already, and its record stays', async () => {
      const { account } = stage();
      const before = await account.run('makenaide', slot.key);

      const { executionArn } = await account.ended(await account.deliver('makenaide-at-00', slot.scheduledFor));

      expect(await account.states(executionArn)).toEqual(['Admit', 'IsAdmitted', 'AlreadyHandled']);
      expect(await account.run('makenaide', slot.key)).toEqual(before);
    });

    test('a person has paused the workload - its next run is skipped with the reason', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      await stage().sls('invoke', '--function', 'overrideWorkload', '--data', JSON.stringify(pause));

      const { executionArn } = await account.ended(await account.deliver('makenaide-at-00', scheduledFor));

      expect(await account.states(executionArn)).toEqual(['Admit', 'IsAdmitted', 'Settle', 'Settled']);
      const reason = 'paused by ops@example.com: moving house';
      expect(await account.run('makenaide', key)).toMatchObject({ status: 'skipped', reason });
    });

    // A control: without it nobody knows whether roles count on this emulator.
    test('a role has lost its permissions - its function is refused', async () => {
      await stage().account.forbid('OverrideWorkloadRole');

      const invoked = stage().account.invoke('overrideWorkload', pause);

      await expect(invoked).rejects.toThrow('is not authorized to perform: dynamodb:');
    });

    removed(stage);
  });

  describe('test/fixtures/variants.yml', () => {
    let machine: Machine;
    beforeAll(() => {
      machine = new Machine();
    });
    const stage = deployed(
      aws,
      () => ({
        file: 'test/fixtures/variants.yml',
        stage: 'variants',
        region: 'us-east-1',
        zone: 'America/New_York',
        ids: [1, 2, 3, 4, 5].map((digit) => `i-0aaaaaaaaaaaaaaa${digit}`),
        changes: {
          'ssm:/lamplighter/test/discord': 'ssm:/lamplighter/variants/discord',
          // The agent runs on this computer.
          'command: ./job.sh, cwd: /home/ec2-user, user: ec2-user': `command: "echo lit >lit", cwd: "${machine.path('job')}", user: "${userInfo().username}"`,
        },
      }),
      false,
    );
    const instance = () => stage().instances[2] ?? '';
    const safetyStop = (key: string) =>
      stage().account.schedule(`variants-boot-${key.replace(/\D/g, '')}`, 'lamplighter-variants-safety');

    afterAll(() => machine?.[Symbol.dispose]());

    test('a job at boot - the agent fetches it, runs it and reports; meanwhile the safety stop is armed', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      const awsCli = fileURLToPath(new URL('aws-cli.ts', import.meta.url));
      machine.program('aws', `exec ${process.execPath} ${awsCli} "$@"`);
      machine.configure({ PARAMETER: '/lamplighter/variants/boot/job', LOG_BUCKET: '' });
      const execution = await account.deliver('boot-at-00', scheduledFor);
      await stage().handedOver('boot', key);
      expect(await account.stateOf(instance())).toBe('running');
      const armed = await safetyStop(key);
      expect(armed?.Target).toMatchObject({ Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances' });
      expect(JSON.parse(armed?.Target?.Input ?? '')).toEqual({ InstanceIds: [instance()] });

      const where = { AWS_ENDPOINT_URL: aws().emulators.endpoint, AWS_REGION: account.region };
      const { code } = await machine.boot({ ...CREDENTIALS, ...where });

      expect(code).toBe(0);
      expect(machine.read('job', 'lit')).toBe('lit\n');
      expect(machine.shutdowns()).toHaveLength(1);
      expect(await account.ended(execution)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await account.run('boot', key)).toMatchObject({ status: 'succeeded', exitCode: 0, ownsInstance: true });
      expect(await account.stateOf(instance())).toBe('stopped');
      expect(await safetyStop(key)).toBeUndefined();
    });

    test('the agent reports a failure - the run failed with its exit code, people hear of it, the instance is off', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      const execution = await account.deliver('boot-at-00', scheduledFor);
      const taskToken = await stage().handedOver('boot', key);

      const cause = JSON.stringify({ exitCode: 3, startedAt: scheduledFor, endedAt: scheduledFor, log: '/job.log' });
      await account.sfn.send(new SendTaskFailureCommand({ taskToken, error: 'JobFailed', cause }));

      expect(await account.ended(execution)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await account.run('boot', key)).toMatchObject({ status: 'failed', exitCode: 3, failuresInRow: 1 });
      expect(await account.stateOf(instance())).toBe('stopped');
      await eventually('the message', async () => said(key, 'failed'));
    });

    test('an execution is aborted under its job - the event wakes the sweeper, which stops the instance and says so', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      const execution = await account.deliver('boot-at-00', scheduledFor);
      await stage().handedOver('boot', key);

      await account.sfn.send(new StopExecutionCommand({ executionArn: execution }));

      await eventually('the instance is off', async () => (await account.stateOf(instance())) === 'stopped');
      await eventually('the message', async () => said(key, 'was cut off'));
      expect(await account.run('boot', key)).toMatchObject({ status: 'aborted', reason: 'its execution is aborted' });
    });

    removed(stage);

    // A second failure in a row is counted in the message of the first: ×2.
    const said = (key: string, what: string) => {
      const title = `${named({ workload: 'boot', key }, NEW_YORK, Date.now())} ${what}`;
      return aws()
        .discord.titles('variants')
        .some((shown) => shown.startsWith(title));
    };
  });

  describe('examples/daylight-saving.yml', () => {
    // No Discord here: the notices go by e-mail.
    const stage = deployed(aws, () => ({
      file: 'examples/daylight-saving.yml',
      stage: 'clocks',
      // One that no other stage is in.
      changes: { 'region: us-east-1': 'region: us-west-2' },
      region: 'us-west-2',
      zone: 'America/New_York',
      ids: ['i-0123456789abcdef0'],
    }));

    test('the sweeper looks - nothing has to be done', async () => {
      expect(await stage().account.invoke('sweepRuns')).toEqual({ open: 0, ended: [], started: [] });
    });

    removed(stage);
  });
});
