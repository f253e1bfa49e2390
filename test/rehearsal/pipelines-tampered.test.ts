import { expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import { act, packaged } from './stage.ts';

// Begin-step sees to the order of steps whatever a machine does, and the sweeper to what schedules leave out. So each law of
// pipelines is broken here by two: by a template that was tampered with, and by functions that were told something else.

interface State {
  [field: string]: unknown;
  Next: string;
  Branches: { States: Record<string, State> }[];
  Retry: { MaxAttempts: number }[];
}

const stage = 'daily-batch';

/** The template with other states in the machine of the collection, and without what matches. */
function tampered(change: (states: Record<string, State>) => void, without = /^$/) {
  const template = structuredClone(packaged(stage).template);
  for (const id of Object.keys(template.Resources)) if (without.test(id)) delete template.Resources[id];
  const { DefinitionString } = (template.Resources['CollectionPipeline']?.Properties ?? {}) as {
    DefinitionString: { 'Fn::Sub': [string, object] };
  };
  const definition = JSON.parse(DefinitionString['Fn::Sub'][0]);
  change(definition.States);
  DefinitionString['Fn::Sub'][0] = JSON.stringify(definition);
  return template;
}

/** The stage with something else in one of its pipelines. */
function told(name: string, change: (workload: PipelineWorkload) => void) {
  const { stage: known } = packaged(stage);
  const workload = known.workloads[name];
  if (workload?.kind !== 'pipeline') throw new Error(`${name} is no pipeline`);
  change(workload);
  return known;
}

function broken({ violations }: Report): string[] {
  return violations.map(({ law, text }) => `${law} ${text}`);
}

test('a step before what it needs, and more tries than there are - law 2', async () => {
  const template = tampered((states) => {
    Object.assign(states['Arm watch'] ?? {}, { Next: 'Begin save' });
    const retry = states['Tries of save']?.Retry.at(-1);
    if (retry) retry.MaxAttempts += 1;
  });
  const fooled = told('collection', ({ steps }) => Object.assign(steps['save'] ?? {}, { needs: [] }));
  const scenario = { faults: [{ step: 'save', ends: 'fails' }] };
  const report = await act(scenario, { stage, days: 1, template, told: fooled });
  const early = (need: string) =>
    `2 save of collection 2026-11-02T16:30 was begun before ${need}, which it needs, had succeeded`;
  expect(broken(report)).toEqual(expect.arrayContaining(['kospi', 'kosdaq', 'indices'].map(early)));
  expect(broken(report)).toContain('2 save of collection 2026-11-02T16:30 was begun 5 times, tried again 3 times');
});

test('a success that nothing comes after, a run that takes long and one that never begins, all unsaid - law 3', async () => {
  const template = tampered((states) => {
    Object.assign(states['Arm watch'] ?? {}, { Type: 'Pass' });
  }, /^(PipelineSweeper|CollectionWatch).*Schedule$/);
  const fooled = told('indicators', (workload) => delete workload.after);
  const scenario = {
    faults: [
      { step: 'save', workload: 'collection', runs: [2], takes: '25m' },
      { delivery: 'lost', workload: 'collection', runs: [3] },
    ],
  };
  const report = await act(scenario, { stage, days: 3, template, told: fooled });
  expect(broken(report)).toEqual(
    expect.arrayContaining([
      '3 nothing became of indicators 2026-11-02T16:30, which comes after collection',
      '3 collection 2026-11-03T16:30 took long, and nobody was told while it did',
      '3 collection 2026-11-04T16:30 had not begun, and nobody was told',
    ]),
  );
});
