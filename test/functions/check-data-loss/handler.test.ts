import { describe, expect, test } from '@jest/globals';
import { checkDataLoss } from '../../../functions/check-data-loss/handler.ts';
import type { StackResource } from '../../../shared/aws/stacks.ts';
import { anEnvironment, aStage, aWorkload, STACK_ID } from '../../shared/builders.ts';

const STACK = 'AWS::CloudFormation::Stack';

/** A stack of CloudFormation: logical id → type, with its DeletionPolicy, or the id of a nested stack. */
interface Declared {
  [logicalId: string]: { type: string; policy?: string; nested?: string; isGone?: boolean };
}

function world(stacks: Record<string, Declared>, accepted: string[] = []) {
  const asked: string[] = [];
  const workloads = { 'chat-app': anEnvironment({ dataLoss: accepted }), nightly: aWorkload() };
  const effects = {
    stage: () => aStage({ workloads }),
    stackResources: async (id: string): Promise<StackResource[]> => {
      asked.push(id);
      return Object.entries(stacks[id] ?? {})
        .filter(([, { isGone }]) => !isGone)
        .map(([logicalId, { type, nested }]) => ({
          ...{ logicalId, type, status: 'CREATE_COMPLETE' },
          ...(nested && { physicalId: nested }),
        }));
    },
    templateOf: async (id: string) =>
      JSON.stringify({
        Resources: Object.fromEntries(
          Object.entries(stacks[id] ?? {}).map(([name, { type, policy }]) => [
            name,
            { Type: type, ...(policy && { DeletionPolicy: policy }) },
          ]),
        ),
      }),
  };
  return { asked, effects };
}

const asked = { workload: 'chat-app', stackId: STACK_ID };
const bucket = { type: 'AWS::S3::Bucket' };

describe('checkDataLoss', () => {
  test('nothing holds data - nothing is given up', async () => {
    const { effects } = world({ [STACK_ID]: { Service: { type: 'AWS::ECS::Service' } } });
    expect(await checkDataLoss(asked, effects)).toEqual({ givenUp: [] });
  });

  test('data is kept or copied - nothing is given up', async () => {
    const { effects } = world({
      [STACK_ID]: {
        Bucket: { ...bucket, policy: 'Retain' },
        Cluster: { type: 'AWS::DocDB::DBCluster', policy: 'Snapshot' },
      },
    });
    expect(await checkDataLoss(asked, effects)).toEqual({ givenUp: [] });
  });

  test('data would be lost, in nested stacks too - refused, each named by its path, with ways to mend it', async () => {
    const { effects } = world({
      [STACK_ID]: { Bucket: bucket, DatabaseStack: { type: STACK, nested: 'db' } },
      db: { Redis: { type: 'AWS::ElastiCache::CacheCluster' }, Inner: { type: STACK, nested: 'inner' } },
      inner: { Table: { type: 'AWS::DynamoDB::Table', policy: 'Snapshot' } },
    });
    const refused = checkDataLoss(asked, effects);
    await expect(refused).rejects.toMatchObject({
      name: 'DataWouldBeLost',
      message:
        'Bucket (AWS::S3::Bucket, DeletionPolicy Delete), ' +
        'DatabaseStack/Redis (AWS::ElastiCache::CacheCluster, DeletionPolicy Delete), ' +
        'DatabaseStack/Inner/Table (AWS::DynamoDB::Table, DeletionPolicy Snapshot): ' +
        'give it the DeletionPolicy Snapshot or Retain in its template, or name it under dataLoss.accepted in the stage file',
    });
  });

  test('all of it was given up in the stage file - told, and not refused', async () => {
    const stacks = {
      [STACK_ID]: { Bucket: bucket, DatabaseStack: { type: STACK, nested: 'db' } },
      db: { Redis: { type: 'AWS::ElastiCache::CacheCluster' } },
    };
    const accepted = ['DatabaseStack/Redis', 'Bucket', 'NoSuch'];
    expect(await checkDataLoss(asked, world(stacks, accepted).effects)).toEqual({
      givenUp: ['Bucket', 'DatabaseStack/Redis'],
    });
  });

  test.each([
    ['one of two', ['Bucket'], /^DatabaseStack\/Redis \(/],
    ['its name without the path', ['Bucket', 'Redis'], /^DatabaseStack\/Redis \(/],
    ['the nested stack as a whole', ['Bucket', 'DatabaseStack'], /^DatabaseStack\/Redis \(/],
    ['its name in other letters', ['bucket', 'DatabaseStack/Redis'], /^Bucket \(/],
  ])('given up was %s - what is not given up is refused, alone', async (_, accepted, message) => {
    const stacks = {
      [STACK_ID]: { Bucket: bucket, DatabaseStack: { type: STACK, nested: 'db' } },
      db: { Redis: { type: 'AWS::ElastiCache::CacheCluster' } },
    };
    await expect(checkDataLoss(asked, world(stacks, accepted).effects)).rejects.toThrow(message);
  });

  test('declared, but not there (its condition is false, or it was deleted before) - cannot be lost', async () => {
    const { effects } = world({ [STACK_ID]: { Bucket: { ...bucket, isGone: true } } });
    expect(await checkDataLoss(asked, effects)).toEqual({ givenUp: [] });
  });

  test('a nested stack that is not there any more, or never was - not asked about', async () => {
    const { effects, asked: stacks } = world({
      [STACK_ID]: { Old: { type: STACK, nested: 'old', isGone: true }, New: { type: STACK } },
      old: { Bucket: bucket },
    });
    expect(await checkDataLoss(asked, effects)).toEqual({ givenUp: [] });
    expect(stacks).toEqual([STACK_ID]);
  });

  test.each(['stackResources', 'templateOf'] as const)(
    '%s fails - the error gets through: not known to be safe',
    async (name) => {
      const { effects } = world({ [STACK_ID]: {} });
      const failing = async () => {
        throw new Error('Rate exceeded');
      };
      await expect(checkDataLoss(asked, { ...effects, [name]: failing })).rejects.toThrow('Rate exceeded');
    },
  );

  test.each([
    ['nightly', 'InvalidInput'],
    ['chat-ap', 'UnknownWorkload'],
  ])('%s - %s', async (workload, name) => {
    await expect(checkDataLoss({ ...asked, workload }, world({}).effects)).rejects.toMatchObject({ name });
  });
});
