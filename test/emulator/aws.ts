import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Discord, startDiscord } from './discord.ts';
import { type Emulators, emulatorsFolder, INSTALL, startEmulators } from './emulators.ts';
import { Service } from './service.ts';
import { type Plan, Stage } from './stage.ts';

export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** What the tests of one file deploy to. */
export interface EmulatedAws {
  emulators: Emulators;
  discord: Discord;
  service: Service;
}

/** Tests with emulators of their own; skipped where they are not installed, which in CI is a failure. */
export function describeOnEmulators(tests: (aws: () => EmulatedAws) => void): void {
  const folder = emulatorsFolder();
  if (!folder && process.env['CI'])
    test('in CI - the emulators are installed', () => {
      throw new Error(`ministack and moto_server are not found. Install them: ${INSTALL}`);
    });
  // Jest lists skipped tests only when asked to.
  if (!folder)
    process.stderr.write(`test/emulator is skipped: ministack and moto_server are not found. Install: ${INSTALL}\n`);

  (folder ? describe : describe.skip)('on emulators', () => {
    let aws: EmulatedAws;

    beforeAll(async () => {
      Object.assign(process.env, CREDENTIALS);
      const emulators = await startEmulators(folder ?? '');
      // `sls ops doctor` looks for parameters where the functions do.
      const endpoints = { AWS_ENDPOINT_URL: emulators.endpoint, AWS_ENDPOINT_URL_SSM: emulators.ssmEndpoint };
      const service = new Service({ ...CREDENTIALS, ...endpoints });
      const packaged = process.env['PACKAGED_STAGES'];
      if (packaged) service.useBundles(join(packaged, 'ec2-batch'));
      aws = { emulators, service, discord: await startDiscord() };
    });

    afterAll(() => {
      aws?.service.remove();
      aws?.discord.stop();
      aws?.emulators.stop();
    });

    tests(() => aws);
  });
}

/**
 * Puts a stage there before the tests that follow, all of which fail with it.
 *
 * @param isTwice whether it is deployed again without a change
 */
export function deployed(aws: () => EmulatedAws, plan: () => Plan, isTwice = true): () => Stage {
  let stage: Stage;
  let again: string;

  beforeAll(async () => {
    const { service, emulators, discord } = aws();
    stage = new Stage(plan(), service, emulators);
    await stage.prepare(discord);
    await stage.sls('deploy');
    if (isTwice) again = await stage.sls('deploy');
    // From here on it is run, so now comes what only these tests need.
    await stage.addRig();
  });

  test('packaged and deployed - its functions and its machines are there', async () => {
    const types = [...(await stage.account.resources()).values()].map(({ type }) => type);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(readdirSync('functions').length);
    const machines = readdirSync('state-machines').map((name) => stage.account.machineArn(name));
    expect((await stage.account.machines()).sort()).toEqual(machines.sort());
  });

  if (isTwice)
    test('deployed again without a change - nothing is uploaded', () => {
      expect(again).toContain('No changes to deploy');
    });

  return () => stage;
}

/** Takes it away after the tests. */
export function removed(stage: () => Stage): void {
  test('removed - nothing of it is left but the table of runs, and no instance is terminated', async () => {
    const { account, instances } = stage();
    const items = (await account.scan()) as { sk: string }[];
    // What else is there may be of a message that is still on its way.
    const known = items.find(({ sk }) => sk.startsWith('run#')) ?? items[0];
    expect(await account.machines()).not.toEqual([]);
    expect(known).toBeDefined();

    await stage().sls('remove');

    expect(await account.machines()).toEqual([]);
    expect(await account.schedule('sweep-runs')).toBeUndefined();
    expect(await account.scan()).toContainEqual(known);
    expect(await Promise.all(instances.map((id) => account.stateOf(id)))).toEqual(instances.map(() => 'stopped'));
  });
}
