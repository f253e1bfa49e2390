import { describe, expect, test } from '@jest/globals';
import { UnknownWorkload } from '../../../shared/errors.ts';
import { askOf } from '../../../shared/pipeline/ask.ts';
import type { StepWork } from '../../../shared/stage/compiled.ts';
import { aPipelineStage, aStep, COMMAND, RUN } from './a-pipeline.ts';

const TASK: Extract<StepWork, { by: 'task' }> = {
  ...{ by: 'task', cluster: 'jobs', definition: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/nightly:7' },
  ...{ environment: { LEVEL: 'high' }, subnets: ['subnet-1'], securityGroups: [], publicIp: false, roles: [] },
};

function asked(work: StepWork, run: object = {}) {
  return askOf(aPipelineStage({ kospi: aStep(work) }), { ...RUN, ...run }, 'kospi');
}

describe('askOf', () => {
  test('a command - the whole request, which tells the run its date and what it is', () => {
    const commands = asked(COMMAND, { generation: 2 }).command?.Parameters.commands;
    expect(commands).toEqual(
      expect.arrayContaining([
        "LAMPLIGHTER_PIPELINE='collection'; export LAMPLIGHTER_PIPELINE",
        "LAMPLIGHTER_STEP='kospi'; export LAMPLIGHTER_STEP",
        "LAMPLIGHTER_RUN='2026-11-23T16:30'; export LAMPLIGHTER_RUN",
        "LAMPLIGHTER_DATE='2026-11-23'; export LAMPLIGHTER_DATE",
        "LAMPLIGHTER_GENERATION='2'; export LAMPLIGHTER_GENERATION",
      ]),
    );
  });

  test('a task - the overrides of its container, which is named like its definition where nothing else is said', () => {
    expect(asked(TASK)).toEqual({
      overrides: {
        ContainerOverrides: [
          {
            Name: 'nightly',
            Environment: expect.arrayContaining([
              { Name: 'LEVEL', Value: 'high' },
              { Name: 'LAMPLIGHTER_DATE', Value: '2026-11-23' },
              { Name: 'LAMPLIGHTER_GENERATION', Value: '1' },
            ]),
          },
        ],
      },
    });
    const other = asked({ ...TASK, container: 'worker', command: ['run', '--all'] });
    expect(other).toMatchObject({ overrides: { ContainerOverrides: [{ Name: 'worker', Command: ['run', '--all'] }] } });
  });

  test('a function - its payload with what it has to know', () => {
    expect(asked({ by: 'function', name: 'rank', payload: { top: 10 } })).toEqual({
      payload: {
        top: 10,
        lamplighter: { pipeline: 'collection', step: 'kospi', run: RUN.key, date: '2026-11-23', generation: 1 },
      },
    });
  });

  test('a step that is not there - UnknownWorkload that names those that are', () => {
    expect(() => askOf(aPipelineStage({ kospi: aStep() }), RUN, 'kosdaq')).toThrow(UnknownWorkload);
    expect(() => askOf(aPipelineStage({ kospi: aStep() }), RUN, 'kosdaq')).toThrow(/no step "kosdaq"; it has: kospi/);
  });
});
