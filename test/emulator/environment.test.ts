import { beforeAll, describe, expect, test } from '@jest/globals';
import { deployed, describeOnEmulators, removed } from './aws.ts';
import { eventually } from './eventually.ts';
import { OwnersAccount } from './owners-account.ts';

describeOnEmulators((aws) => {
  describe('examples/environment-hours.yml', () => {
    const stage = deployed(aws, () => ({
      file: 'examples/environment-hours.yml',
      stage: 'hours',
      region: 'ap-northeast-2',
      zone: 'Asia/Seoul',
      ids: [],
      changes: {
        'ssm:/lamplighter/dev/discord': 'ssm:/lamplighter/hours/discord',
        'https://api.example.com/actuator/health': aws().discord.health,
      },
    }));
    let owner: OwnersAccount;
    let images: string[];

    beforeAll(async () => {
      owner = new OwnersAccount(aws().emulators, 'ap-northeast-2');
      // ministack takes the first part of a TemplateURL's path for the bucket, also where the host names it.
      await owner.upload('examples/environment-hours', 'environment-hours');
      images = await owner.pushImages('chat-chat-http', 3);
    });

    test('its hours begin - the stack and its nested stacks are created with the newest image', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();

      const { status, executionArn } = await account.ended(
        await account.deliver('chat-app-start-at-00', scheduledFor, owner.byHand),
      );

      expect(await account.states(executionArn)).toEqual(
        expect.arrayContaining(['LookAtStack', 'LookUpImages', 'CreateStack', 'AwaitStack', 'AwaitHealth', 'Settle']),
      );
      expect(status).toBe('SUCCEEDED');
      expect(await account.run('chat-app', key)).toMatchObject({ status: 'succeeded', act: 'start' });
      const stack = await owner.stack('ChatAppMasterStack');
      expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', parameters: { APIServerImageTag: images.at(-1) } });
      expect((await owner.nested('ChatAppMasterStack')).length).toBeGreaterThan(3);
      await eventually('the message', async () => aws().discord.titles('hours').includes('chat-app is up'));
    });

    test('the status page - is there, and says that it is up', async () => {
      const { account } = stage();
      const page = await account.visit('/');
      expect({ status: page.status, isPage: page.text.startsWith('<!doctype html>') }).toEqual({
        ...{ status: 200, isPage: true },
      });
      const { status, text } = await account.visit('/status.json?workload=chat-app');
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({
        title: 'Chat staging',
        workloads: [{ name: 'chat-app', kind: 'environment', now: 'on', up: true, run: { act: 'start' } }],
      });
      expect(text).not.toMatch(/arn:|ChatAppMasterStack/);
      expect((await account.visit('/nothing')).status).toBe(404);
      expect(await stage().sls('ops', 'status')).toMatch(/status page: https:\/\/\w+\.execute-api\./);
    });

    test('its hours begin again - it is up already, and stays as it is', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();

      await account.ended(await account.deliver('chat-app-start-at-00', scheduledFor, owner.byHand));

      expect(await account.run('chat-app', key)).toMatchObject({ status: 'succeeded', reason: 'already up' });
    });

    test('a person keeps it - it is not deleted at its hour', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const keep = { act: 'keep', workload: 'chat-app', until, by: 'ops@example.com', why: 'a release' };
      await account.invoke('overrideWorkload', keep);

      await account.ended(await account.deliver('chat-app-stop-at-00', scheduledFor, owner.byHand));

      expect(await account.run('chat-app', key)).toMatchObject({
        status: 'skipped',
        reason: expect.stringMatching(/^kept by ops@example.com until .*: a release$/),
      });
      expect(await owner.stack('ChatAppMasterStack')).toMatchObject({ status: 'CREATE_COMPLETE' });
      const plan = JSON.parse(await stage().sls('plan', '--live', '--json', '--days', '1')) as object[];
      expect(JSON.stringify(plan)).toContain('by ops@example.com: a release');
      const resume = { act: 'resume', workload: 'chat-app', by: 'ops@example.com', why: 'released' };
      await account.invoke('overrideWorkload', resume);
    });

    test('its hours end - it is deleted with its nested stacks, and people hear of it', async () => {
      const { account } = stage();
      const { scheduledFor, key } = stage().next();
      const nested = await owner.nested('ChatAppMasterStack');

      const { executionArn } = await account.ended(
        await account.deliver('chat-app-stop-at-00', scheduledFor, owner.byHand),
      );

      expect(await account.states(executionArn)).toEqual(
        expect.arrayContaining(['CheckDataLoss', 'DeleteStack', 'AwaitDeleted', 'Settle']),
      );
      expect(await account.run('chat-app', key)).toMatchObject({ status: 'succeeded', act: 'stop' });
      expect(await owner.stack('ChatAppMasterStack')).toBeUndefined();
      for (const id of nested) expect(await owner.stack(id)).toBeUndefined();
      await eventually('the message', async () => aws().discord.titles('hours').includes('chat-app is deleted'));
    });

    removed(stage);
  });
});
