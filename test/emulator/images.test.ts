import { setTimeout as sleep } from 'node:timers/promises';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { newestOf } from '../../plugin/image-tags.ts';
import { emulatorsFolder, INSTALL } from './emulators.ts';
import { type Moto, startMoto } from './moto.ts';

const folder = emulatorsFolder();
if (!folder && process.env['CI']) throw new Error(`no emulators: ${INSTALL}`);

let moto: Moto;
beforeAll(async () => {
  if (folder) moto = await startMoto(folder);
});
afterAll(() => moto?.stop());

/** The framework, as far as it knows the way to an account. */
function framework(): Serverless {
  return { getProvider: () => ({ getAwsSdkV3Config: async () => moto.where }) } as unknown as Serverless;
}

async function push(repositoryName: string, ...tags: string[]): Promise<void> {
  const ecr = new ECRClient(moto.where);
  for (const imageTag of tags) {
    const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
    const config = { digest: `sha256:${imageTag}`, size: 1 };
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] });
    await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
    // Images are pushed at whole seconds.
    await sleep(1100);
  }
}

(folder ? describe : describe.skip)('the newest image, asked of moto with the credentials of the framework', () => {
  test('a repository with three - the one that was pushed last, and not latest', async () => {
    await new ECRClient(moto.where).send(new CreateRepositoryCommand({ repositoryName: 'crawler-worker' }));
    await push('crawler-worker', 'v3', 'v1', 'latest');
    expect(await newestOf(framework())('crawler-worker')).toBe('v1');
  });

  test('no repository - said by its name', async () => {
    await expect(newestOf(framework())('nobody')).rejects.toThrow('no repository nobody in this account and region');
  });
});
