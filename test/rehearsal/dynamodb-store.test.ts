import { expect, test } from '@jest/globals';
import { rememberConditions } from '../../rehearsal/aws/dynamodb-conditions.ts';
import { Items, storeInMemory } from '../../rehearsal/aws/dynamodb-store.ts';
import { firings } from '../../rehearsal/cron.ts';

type Range = Parameters<Items['createValueStream']>[0];

const kept = new Items();
for (const key of ['c', 'a', 'd', 'b']) kept.put(key, { key }, () => undefined);

function found(items: Items, range: Range): Promise<string[]> {
  const keys: string[] = [];
  return new Promise((resolve) => {
    const stream = items.createValueStream(range);
    stream.on('data', ({ key }: { key: string }) => keys.push(key));
    stream.on('end', () => resolve(keys));
  });
}

test.each<[Range, string]>([
  [{}, 'abcd'],
  [{ gte: 'b', lt: 'd' }, 'bc'],
  [{ gt: 'b', lte: 'd' }, 'cd'],
  [{ gte: 'b', lte: 'bz', reverse: true }, 'b'],
  [{ reverse: true, limit: 2 }, 'dc'],
  [{ gte: 'e', lt: 'a' }, ''],
])('items in %j - in the order of their keys: %s', async (range, keys) => {
  expect((await found(kept, range)).join('')).toBe(keys);
});

test('what was given out and changed - is kept as it was', () => {
  const items = new Items();
  const item = { list: [1] };
  items.put('a', item, () => undefined);
  item.list.push(2);
  items.get('a', (_, value) => (value as typeof item).list.push(3));
  items.get('a', (_, value) => expect(value).toEqual({ list: [1] }));
  items.del('a', () => undefined);
  items.get('a', (error) => expect(error?.name).toBe('NotFoundError'));
});

test('an index - is the same, whichever way dynalite writes its kind', () => {
  const store = storeInMemory();
  expect(store.getIndexDb('Global', 'table', 'open')).toBe(store.getIndexDb('global', 'table', 'open'));
  expect(store.getIndexDb('global', 'table', 'open')).not.toBe(store.getItemDb('table'));
});

test('a condition that is known - takes what it names out of what is unused, and others are read anew', async () => {
  rememberConditions();
  const { default: parser } = await import('dynalite/db/conditionParser.js' as string);
  const asked = (value: string) => {
    const unusedAttrVals = { ':a': true, ':b': true };
    const isReserved = () => false;
    const attrVals = { ':a': { S: value }, ':b': { S: 'b' } };
    const result = parser.parse('pk = :a', { context: { attrVals, unusedAttrVals, unusedAttrNames: {}, isReserved } });
    return { result: JSON.stringify(result), unused: Object.keys(unusedAttrVals) };
  };
  const first = asked('x');
  expect(first.unused).toEqual([':b']);
  expect(asked('x')).toEqual(first);
  expect(asked('y').result).not.toBe(first.result);
});

test('each minute of an hour that is none everywhere - where it springs by thirty minutes, half of it is left out', () => {
  // Lord Howe Island: at 2:00 on 4 October 2026 it is 2:30.
  const from = Date.parse('2026-10-04T01:30+10:30');
  const fired = [...firings('cron(* * * * ? *)', 'Australia/Lord_Howe', from, from + 3_600_000)];
  expect(fired).toHaveLength(60);
  expect(fired.every((at, index) => at === from + index * 60_000)).toBe(true);
});
