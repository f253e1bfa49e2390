import { describe, expect, test } from '@jest/globals';
import { lookUpImageTags } from '../../../functions/look-up-image-tags/handler.ts';
import { ImageNotFound } from '../../../shared/errors.ts';
import type { Images } from '../../../shared/stage/compiled.ts';
import { anEnvironment, aStage, aWorkload, STACK_ID } from '../../shared/builders.ts';

const API: Images = { repository: 'api', parameters: ['ApiTag', 'WorkerTag'] };
const WEB: Images = { repository: 'web', tag: 'release-*', parameters: ['WebTag'] };

interface World {
  images?: Images[];
  parameters?: Record<string, string>;
  /** The parameters of the stack that is up; `null` when it has gone. */
  current?: Record<string, string> | null;
}

function world({ images = [API, WEB], parameters = {}, current = {} }: World = {}) {
  const asked: unknown[] = [];
  const workloads = { 'chat-app': anEnvironment({ images, stack: { parameters } }), nightly: aWorkload() };
  const effects = {
    stage: () => aStage({ workloads }),
    newestTag: async (repository: string, tag?: string) => {
      asked.push([repository, tag]);
      if (repository === 'empty') throw new ImageNotFound('empty has no image');
      return `${repository}-7`;
    },
    describeStack: async (id: string) => {
      asked.push(id);
      return current ? { id, status: 'CREATE_COMPLETE', createdAt: 0, parameters: current } : undefined;
    },
  };
  return { asked, effects };
}

const value = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });
const previous = (ParameterKey: string) => ({ ParameterKey, UsePreviousValue: true });

describe('lookUpImageTags, for a stack to be created', () => {
  test('two repositories, one of them for two parameters - each asked once, by its pattern', async () => {
    const { asked, effects } = world();
    expect(await lookUpImageTags({ workload: 'chat-app' }, effects)).toEqual({
      parameters: [value('ApiTag', 'api-7'), value('WorkerTag', 'api-7'), value('WebTag', 'web-7')],
      images: { ApiTag: 'api-7', WorkerTag: 'api-7', WebTag: 'web-7' },
      isNewer: true,
    });
    expect(asked).toEqual([
      ['api', undefined],
      ['web', 'release-*'],
    ]);
  });

  test('parameters of the stage file - sent along; where both say something, the image does', async () => {
    const { effects } = world({ images: [WEB], parameters: { Environment: 'staging', WebTag: 'old' } });
    expect((await lookUpImageTags({ workload: 'chat-app' }, effects)).parameters).toEqual([
      value('Environment', 'staging'),
      value('WebTag', 'web-7'),
    ]);
  });

  test('one of two repositories is empty - ImageNotFound and no parameters: nothing is started half', async () => {
    const { effects } = world({ images: [API, { repository: 'empty', parameters: ['X'] }] });
    await expect(lookUpImageTags({ workload: 'chat-app' }, effects)).rejects.toMatchObject({ name: 'ImageNotFound' });
  });

  test('no images at all - the parameters of the stage file', async () => {
    const { effects } = world({ images: [], parameters: { Environment: 'staging' } });
    expect(await lookUpImageTags({ workload: 'chat-app' }, effects)).toEqual({
      parameters: [value('Environment', 'staging')],
      images: {},
      isNewer: true,
    });
  });
});

describe('lookUpImageTags, for a stack that is up', () => {
  const asked = { workload: 'chat-app', stackId: STACK_ID };
  const same = { ApiTag: 'api-7', WorkerTag: 'api-7', WebTag: 'web-7' };

  test('every image is the one that it has - nothing is newer', async () => {
    const { effects, asked: questions } = world({ current: same });
    expect(await lookUpImageTags(asked, effects)).toMatchObject({ isNewer: false, images: same });
    expect(questions).toContain(STACK_ID);
  });

  test.each(['ApiTag', 'WorkerTag', 'WebTag'])('%s alone is another - newer', async (parameter) => {
    const { effects } = world({ current: { ...same, [parameter]: 'old' } });
    expect((await lookUpImageTags(asked, effects)).isNewer).toBe(true);
  });

  test('what somebody else deployed - stays: all but the images keep their value, also against the stage file', async () => {
    const current = { Environment: 'changed', Password: '****', ApiTag: 'old', WorkerTag: 'old', WebTag: 'old' };
    const { effects } = world({ current, parameters: { Environment: 'staging', Later: 'x' } });
    expect((await lookUpImageTags(asked, effects)).parameters).toEqual([
      previous('Environment'),
      previous('Password'),
      value('ApiTag', 'api-7'),
      value('WorkerTag', 'api-7'),
      value('WebTag', 'web-7'),
    ]);
  });

  test('no images at all - nothing is newer', async () => {
    const { effects } = world({ images: [], current: { Environment: 'staging' } });
    expect(await lookUpImageTags(asked, effects)).toMatchObject({ isNewer: false });
  });

  test('it has gone meanwhile - the images, and CloudFormation itself refuses the update', async () => {
    const { effects } = world({ images: [WEB], current: null });
    expect((await lookUpImageTags(asked, effects)).parameters).toEqual([value('WebTag', 'web-7')]);
  });
});

test.each([
  ['nightly', 'InvalidInput'],
  ['chat-ap', 'UnknownWorkload'],
])('lookUpImageTags, %s - %s', async (workload, name) => {
  await expect(lookUpImageTags({ workload }, world().effects)).rejects.toMatchObject({ name });
});
