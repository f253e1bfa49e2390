import { expect, test } from '@jest/globals';
import { endLeftBehind } from '../../../functions/sweep-pipelines/left-behind.ts';
import { aPipeline, aRecord, aStep, BEGUN } from '../../shared/pipeline/a-run.ts';

const SERVER = 'mi-0123456789abcdef0';
const { steps } = aPipeline();
const pipeline = aPipeline({
  steps: { ...steps, save: aStep(['kospi'], { work: { by: 'function', name: 'save', payload: {} } }) },
});

async function left(...names: string[]) {
  const did: string[] = [];
  const going = names.map((name, index) => aRecord(name, { startedAt: index ? '2026-11-23T07:33:00.000Z' : BEGUN }));
  await endLeftBehind('dev', pipeline, going.toReversed(), {
    runningCommands: async (since: string) => {
      did.push(`since ${since}`);
      return ['dev collection kospi', 'dev collection kosdaq', 'prod collection kospi', 'dev other kospi'].map(
        (of) => ({
          ...{ id: of, server: SERVER, comment: `Lamplighter ${of}` },
        }),
      );
    },
    cancelCommand: async (id: string, server: string) => {
      did.push(`${id} on ${server}`);
    },
  });
  return did;
}

test('steps that were going on - their commands are ended, and no other', async () => {
  expect(await left('kospi')).toEqual([`since ${BEGUN}`, `dev collection kospi on ${SERVER}`]);
});

test('two of them - since the first was begun', async () => {
  const ended = ['kospi', 'kosdaq'].map((step) => `dev collection ${step} on ${SERVER}`);
  expect(await left('kospi', 'kosdaq')).toEqual([`since ${BEGUN}`, ...ended]);
});

test('no step that is a command - nothing is asked for', async () => {
  expect(await left('save')).toEqual([]);
  expect(await left()).toEqual([]);
});
