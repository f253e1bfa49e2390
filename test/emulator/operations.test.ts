import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import type { Output, WorkloadStatus } from '../../functions/show-status/contract.ts';
import { deployed, describeOnEmulators, removed } from './aws.ts';
import { eventually } from './eventually.ts';

describeOnEmulators((aws) => {
  describe('stages/dev.yml, operated from the shell', () => {
    const stage = deployed(
      aws,
      () => ({
        file: 'stages/dev.yml',
        stage: 'hands',
        region: 'ap-northeast-2',
        zone: 'Asia/Seoul',
        ids: ['i-0123456789abcdef0'],
        changes: {
          'ssm:/lamplighter/dev/discord': 'ssm:/lamplighter/hands/discord',
          // Such a job goes on until somebody reports its end; the emulator's Run Command ends at once.
          'by: ssm': 'by: boot',
        },
      }),
      false,
    );
    const ops = (command: string, ...more: string[]) => stage().sls(`ops`, command, ...more);
    const say = (act: string, ...more: string[]) => ops(act, '--workload', 'makenaide', '--by', 'kim', ...more);
    /** As `sls ops status` asks it, without the seconds that the framework takes to start. */
    const status = () => stage().account.invoke('showStatus') as Promise<Output>;
    const makenaide = async () => (await status()).workloads['makenaide'] as WorkloadStatus;
    /** Until the sweeper has seen it off no other run begins. */
    const letGo = () =>
      eventually('the sweeper has seen it off', async () => {
        await stage().account.sweep();
        return (await makenaide()).held.length === 0;
      });
    const item = (sk: string) => stage().account.item('workload#makenaide', sk);

    test('the doctor - finds what is there, and what the owner has not made yet, and exits with 1', async () => {
      const failed = ops('doctor').then(
        () => '',
        (error: Error) => error.message,
      );
      const found = await failed;
      expect(found).toContain('ended with 1');
      expect(found).toMatch(/✓ deployment +lamplighter-hands is UPDATE_COMPLETE/);
      expect(found).toMatch(/✓ functions +\d+ are there/);
      expect(found).toMatch(/✓ machines +\d+ are there/);
      expect(found).toMatch(/✓ answer +its functions answer/);
      expect(found).toMatch(/✓ channel discord +Discord knows the webhook/);
      expect(found).toMatch(/✓ parameter \/lamplighter\/hands\/discord +a SecureString/);
      expect(found).toMatch(/✗ makenaide: instance profile +it has none/);
      expect(found).toMatch(/✗ chat-app: service role +no role lamplighter-chat-app/);
      expect(found).toMatch(/✗ chat-app: template +nothing at s3:/);
      expect(found).not.toContain(aws().discord.webhook('hands'));
    });

    test('status - what is off, and what comes next', async () => {
      const { workloads, words } = JSON.parse(await ops('status', '--json')) as Output;
      expect(words).toEqual([]);
      expect(workloads['makenaide']).toMatchObject({ now: 'off', seen: 'stopped', held: [] });
      expect(workloads['makenaide']?.next.start).toMatch(/T\d\d:00:00\+09:00$/);
      expect(workloads['chat-app']).toMatchObject({ now: 'off', seen: 'absent' });
      expect(await ops('status')).toMatch(/│ makenaide +│ off/);
    });

    test('extend and start - the run and the word are in status and in the table', async () => {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await say('extend', '--until', until, '--why', 'a look inside');
      expect(await item('keep')).toMatchObject({ act: 'keep', by: 'kim', why: 'a look inside' });

      await say('start', '--why', 'the night failed');

      const { running, words } = await eventually('the run goes on', async () => {
        const now = await makenaide();
        return now.now === 'on' && now.running !== undefined && now;
      });
      expect(running).toMatchObject({ by: 'kim', status: 'running' });
      expect(words).toMatchObject([{ act: 'keep', by: 'kim', why: 'a look inside' }]);
      expect(await stage().account.run('makenaide', running?.key ?? '')).toMatchObject({
        status: 'running',
        by: 'kim',
      });
      expect(JSON.parse(await ops('status', '--json'))).toMatchObject({ workloads: { makenaide: { running, words } } });
      expect(await ops('runs')).toMatch(/makenaide .*running +│ kim/);
    });

    test('stop - refused of a script that nobody can ask, said by --dry-run, done with --yes', async () => {
      const { running } = await makenaide();
      const why = ['--why', 'too long'];
      await expect(say('stop', ...why)).rejects.toThrow('Nobody is here to answer, so say --yes');
      expect(await say('stop', ...why, '--dry-run')).toContain(`the run of ${running?.key} is cut off`);
      expect(await makenaide()).toMatchObject({ now: 'on', running: { key: running?.key } });

      await say('stop', ...why, '--yes');

      const last = await eventually('it is off', async () => {
        const now = await makenaide();
        return now.now === 'off' && now.last?.key === running?.key && now.last;
      });
      expect(last).toMatchObject({ status: 'aborted', reason: 'stopped by kim: too long' });
      const { execution = '' } = (await stage().account.run('makenaide', running?.key ?? '')) ?? {};
      expect(await stage().account.sfn.send(new DescribeExecutionCommand({ executionArn: execution }))).toMatchObject({
        ...{ status: 'ABORTED', cause: 'stopped by kim: too long' },
      });
      await letGo();
    });

    test('emergency-stop and resume - what is on is off, nothing starts, and a person opens it again', async () => {
      await say('start', '--why', 'the night failed');
      const { running } = await eventually('the run goes on', async () => {
        const now = await makenaide();
        return now.now === 'on' && now.running !== undefined && now;
      });
      const stopAll = ['emergency-stop', '--by', 'kim', '--why', 'it burns'] as const;
      expect(await ops(...stopAll, '--dry-run')).toMatch(
        /would emergency-stop .*\n +makenaide: its instance .* is stopped now/,
      );
      await expect(ops(...stopAll)).rejects.toThrow('Nobody is here to answer, so say --yes');

      await ops(...stopAll, '--yes');

      expect(await stage().account.item('stage', 'gate')).toMatchObject({ act: 'pause', why: 'it burns' });
      const after = await eventually('everything is off', async () => {
        const now = await status();
        return now.workloads['makenaide']?.now === 'off' && now.workloads['makenaide'].running === undefined && now;
      });
      expect(after.words).toMatchObject([{ act: 'pause', by: 'kim', why: 'it burns', emergency: true }]);
      expect(after.workloads['makenaide']?.last).toMatchObject({ key: running?.key, status: 'aborted' });
      expect(after.workloads['makenaide']?.held).toContain('the stage is paused by kim: it burns');
      expect(await stage().account.stateOf(stage().instances[0])).toBe('stopped');

      await ops('resume', '--by', 'kim', '--why', 'it is out', '--yes');

      expect(await stage().account.item('stage', 'gate')).toBeUndefined();
      expect((await status()).words).toEqual([]);
      await letGo();
    });

    test('pause and resume - each in status and in the table, and a start meanwhile is skipped', async () => {
      expect(await say('pause', '--why', 'moving house')).toContain('pause makenaide, by kim');
      expect(await item('override')).toMatchObject({ act: 'pause', by: 'kim', why: 'moving house' });
      expect(await makenaide()).toMatchObject({
        held: ['paused by kim: moving house'],
        next: { skipped: [{ why: 'paused by kim: moving house' }, {}, {}] },
      });
      const { scheduledFor, key } = stage().next();
      await stage().account.ended(await stage().account.deliver('makenaide-at-00', scheduledFor));
      expect(await stage().account.run('makenaide', key)).toMatchObject({ status: 'skipped' });

      await say('resume', '--why', 'moved');

      expect(await item('override')).toBeUndefined();
      expect(await makenaide()).toMatchObject({ held: [], words: [] });
    });

    test('a word without a reason, of a workload that is none - refused, and says what there is', async () => {
      await expect(say('pause')).rejects.toThrow('--why is missing');
      await expect(ops('pause', '--workload', 'makenide', '--why', 'x', '--by', 'kim')).rejects.toThrow(
        'has no workload',
      );
    });

    test('who - as this machine and AWS know them, where nobody is named', async () => {
      await ops('skip', '--workload', 'makenaide', '--why', 'a holiday');
      expect((await makenaide()).words).toMatchObject([{ act: 'skip', by: expect.stringMatching(/^.+@.+ \(root\)$/) }]);
      // By the same person: another one's contrary word would be refused in that moment.
      await ops('resume', '--workload', 'makenaide', '--why', 'no holiday');
    });

    test('logs - of a function, as CloudWatch Logs has it', async () => {
      expect(await ops('logs', '--function', 'overrideWorkload')).toContain('moving house');
    });

    removed(stage);
  });
});
