import { describe, expect, test } from '@jest/globals';
import { opsCommand } from '../../../plugin/ops/index.ts';
import { pipelineEndedNotice } from '../../../shared/notices/pipeline.ts';
import { missedNotice, notBegunNotice, slowNotice } from '../../../shared/notices/pipeline-late.ts';
import type { StepEnded } from '../../../shared/pipeline/ended.ts';
import { because } from '../../../shared/pipeline/reasons.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aPipelineRun, aPipelineStage, EXECUTION, KEY } from '../pipeline/builders.ts';

const NOW = Date.parse('2026-11-03T16:45:00+09:00');
const ENDED = '2026-11-03T07:38:05.000Z';
const DONE: StepEnded[] = [
  { name: 'check', status: 'succeeded', seconds: 5 },
  { name: 'kospi', status: 'succeeded', seconds: 300 },
  { name: 'save', status: 'succeeded', seconds: 60, numbers: { collected: 2712 } },
];
const stage = aPipelineStage();
const ended = (run: Partial<Run>, of = stage) => pipelineEndedNotice(aPipelineRun({ endedAt: ENDED, ...run }), of, NOW);

describe('a run that succeeded', () => {
  test('all well - how long it took and what was counted, and what it was before is over', () => {
    expect(ended({ status: 'succeeded', ended: DONE })).toEqual({
      id: `collection ${KEY} succeeded`,
      at: '2026-11-03T16:45:00+09:00',
      stage: 'dev',
      workload: 'collection',
      kind: 'pipeline',
      severity: 'success',
      title: 'collection 16:30 succeeded',
      lines: ['It took 8 min.', 'save: collected 2,712.'],
      execution: EXECUTION,
      links: [{ label: 'Run', url: expect.stringContaining(EXECUTION) }],
      run: KEY,
      resolves: ['runs', 'not-begun', 'slow', 'chain'],
    });
  });

  test('something was found against it - a warning, with what', () => {
    const few = DONE.map((step) =>
      step.name === 'save'
        ? { ...step, numbers: { collected: 2600 }, warnings: [because('below', 'collected', 2600, 2700)] }
        : step,
    );
    const notice = ended({ status: 'succeeded', ended: few, warnings: [because('tookLong', 720, 600)] });
    expect(notice).toMatchObject({ severity: 'warning', title: 'collection 16:30 succeeded: look at it' });
    expect(notice?.lines.slice(0, 2)).toEqual([
      'it took 12 min, more than 10 min.',
      'save: collected is 2600, less than 2700.',
    ]);
  });

  test('started by another - not told as if a person had', () => {
    expect(ended({ status: 'succeeded', by: 'collection', workload: 'indicators' })?.lines).toEqual(['It took 8 min.']);
    expect(ended({ status: 'succeeded', by: 'kim' })?.lines).toEqual(['It took 8 min.', 'Run by kim.']);
  });
});

describe('a run that failed', () => {
  const FAILED: StepEnded[] = [
    { name: 'check', status: 'succeeded', seconds: 5 },
    {
      name: 'kospi',
      status: 'failed',
      seconds: 31,
      tries: 4,
      reason: 'JobFailed: the job ended Failed with exit code 3',
      log: '/lamplighter/dev/collection:4f2c/mi-0123456789abcdef0/aws-runShellScript/stdout',
    },
    { name: 'kosdaq', status: 'timed-out', seconds: 300, reason: 'DeadlineExceeded' },
    { name: 'save', status: 'passed-over', reason: because('needFailed', 'kospi') },
  ];
  const failed = { status: 'failed', ended: FAILED, reason: because('stepsFailed', 'kospi, kosdaq') } as const;

  test('which steps, why, how often they were tried, and what was not done', () => {
    const notice = ended(failed);
    expect(notice).toMatchObject({
      severity: 'critical',
      title: 'collection 16:30 failed',
      cause: 'runs',
      state: 'open',
    });
    expect(notice?.lines).toEqual([
      'kospi: failed after 31 s, tried 4 times, JobFailed: the job ended Failed with exit code 3.',
      'kosdaq: ran out of time after 5 min, DeadlineExceeded.',
      'Not done: save.',
      'It took 8 min.',
    ]);
    expect(notice?.links?.map(({ label }) => label)).toEqual(['Run', 'Log: kospi']);
  });

  test('what a person can do - commands as they stand', () => {
    expect(ended(failed)?.todo).toEqual([
      `Read what it wrote: npx sls ops logs --stage dev --workload collection --run ${KEY} --step kospi`,
      `When it is mended, what failed and what comes after it: npx sls ops rerun --stage dev --workload collection --run ${KEY} --only failed --why 'mended'`,
      `Or all of it: npx sls ops rerun --stage dev --workload collection --run ${KEY} --why 'mended'`,
    ]);
  });

  test('it took too long although its steps went well - says so', () => {
    const notice = ended({ status: 'failed', ended: DONE, reason: because('tookLong', 960, 900) });
    expect(notice?.lines[0]).toBe('it took 16 min, more than 15 min');
  });

  test('it was stopped, and something of it goes on elsewhere - a warning, with what to end', () => {
    const goesOn = `stopped by kim: wrong prices; ${because('dagGoesOn', 'legacy')}`;
    const left: StepEnded[] = [{ name: 'warehouse', status: 'failed', seconds: 60, reason: goesOn }];
    const stopped = { status: 'aborted', reason: 'stopped by kim: wrong prices' } as const;
    const notice = ended({ ...stopped, ended: left });
    expect(notice).toMatchObject({ severity: 'warning', title: 'collection 16:30 was stopped' });
    expect(notice?.lines.join(' ')).toContain('its run of the DAG legacy goes on in Airflow');
    expect(notice?.todo).toEqual(['End what goes on of warehouse before it is run again.']);
    expect(ended({ ...stopped, ended: DONE })).toMatchObject({ severity: 'info' });
  });

  test('it was cut off while it waited for another - it took no time', () => {
    const waited = { status: 'aborted', reason: 'its execution is aborted', startedAt: undefined } as const;
    expect(ended(waited)?.lines.join(' ')).not.toContain('It took');
  });

  test('run again and failed again - a notice of its own, with who asked', () => {
    const again = ended({ ...failed, generation: 2, by: 'kim' });
    expect(again?.id).toBe(`collection ${KEY} failed 2`);
    expect(again?.lines.at(-1)).toBe('Attempt 2, run again by kim.');
  });

  test('failures hold it back - what lets go of it', () => {
    const held = ended({ ...failed, failuresInRow: 3, breakerFailures: 3 });
    expect(held?.todo).toEqual([expect.stringContaining('sls ops resume --stage dev --workload collection')]);
    expect(held?.did).toEqual([expect.stringContaining('3 failures in a row')]);
  });

  test('it was skipped and not because anybody wanted it - the command for its date', () => {
    expect(ended({ status: 'skipped', reason: 'late: delivered 90 minutes after its time' })?.todo).toEqual([
      `Run it again: npx sls ops start --stage dev --workload collection --run ${KEY} --why 'once more'`,
    ]);
  });

  test('each command - is there, with its options', () => {
    const at = Date.parse('2026-11-03T16:30:00+09:00');
    const todo = [
      ended(failed),
      ended({ status: 'skipped', reason: 'late: x' }),
      ended({ workload: 'indicators', status: 'skipped', reason: because('firstFailed', 'collection', 'failed') }),
      notBegunNotice({ workload: 'collection', key: KEY, at }, stage, NOW),
      slowNotice(aPipelineRun(), ['kospi'], stage, NOW),
      missedNotice('collection', [KEY], [], stage, NOW),
    ].flatMap((notice) => notice?.todo ?? []);
    expect(todo).toHaveLength(8);
    for (const line of todo) {
      const [, name = '', options = ''] = /npx sls ops (\S+) --stage dev(.*)$/.exec(line) ?? [];
      const known = Object.keys(opsCommand.commands[name]?.options ?? {});
      for (const [, option = ''] of options.matchAll(/ --(\S+)/g)) expect(known).toContain(option);
      expect(options).toContain('--workload');
    }
  });

  test('in Korean - the same, and no recorded English but names of errors', () => {
    const notice = ended(failed, aPipelineStage({ notify: { language: 'ko' } }));
    expect(notice?.lines).toEqual([
      'kospi 단계: 31초 후 실패, 4회 시도, JobFailed: 작업이 비정상 종료되었습니다(종료 코드 3, Failed)',
      'kosdaq 단계: 5분 후 제한 시간 초과, DeadlineExceeded.',
      '실행하지 않은 단계: save',
      '소요 시간: 8분',
    ]);
  });
});

describe('what follows a run that failed', () => {
  const follower = { workload: 'indicators', by: 'collection', status: 'skipped' } as const;

  test('it is said that it does not start, why, and what would start it', () => {
    const notice = ended({ ...follower, reason: because('firstFailed', 'collection', 'failed') });
    expect(notice).toMatchObject({
      severity: 'warning',
      title: 'indicators 16:30 does not start',
      cause: 'chain',
      state: 'open',
      lines: ['it follows collection, which ended failed'],
      did: ['It starts by itself when collection 16:30 is run again and succeeds.'],
    });
    expect(notice?.todo?.[0]).toContain(`sls ops rerun --stage dev --workload collection --run ${KEY} --only failed`);
  });

  test('its later success - the matter is closed', () => {
    expect(ended({ ...follower, status: 'succeeded' })?.resolves).toContain('chain');
  });
});

describe('what is said before the end', () => {
  test('not begun in time - said, with how late it is', () => {
    const at = Date.parse('2026-11-03T16:30:00+09:00');
    const notice = notBegunNotice({ workload: 'collection', key: KEY, at }, stage, at + 300_000);
    expect(notice).toMatchObject({ severity: 'critical', cause: 'not-begun', state: 'open' });
    expect(notice.lines[0]).toBe('It was due at 16:30, 5 minutes ago.');
  });

  test('still going on past its warning - which steps, and where to look', () => {
    const notice = slowNotice(aPipelineRun(), ['kospi', 'kosdaq'], stage, NOW);
    expect(notice).toMatchObject({
      severity: 'warning',
      cause: 'slow',
      state: 'open',
      title: 'collection 16:30 takes long',
    });
    expect(notice.lines).toEqual([
      'Since 16:30: kospi, kosdaq still going on.',
      'It was to take 10 min at most.',
      'It is cut off at 17:00.',
    ]);
    expect(notice.todo?.[0]).toContain('--step kospi');
    expect(slowNotice(aPipelineRun(), [], stage, NOW).lines[0]).toBe('It began at 16:30, and no step is going on.');
  });

  test('missed - all that were, and whether they are made up for', () => {
    const keys = ['2026-11-02T16:30', KEY];
    const none = missedNotice('collection', keys, [], stage, NOW);
    expect(none.lines).toEqual(['Missed: 2026-11-02 16:30, 2026-11-03 16:30.']);
    expect(none.todo?.[0]).toContain('sls ops catch-up --stage dev --workload collection --which all');
    const all = missedNotice('collection', keys, keys, stage, NOW);
    expect(all.did).toEqual(['Made up for now: 2026-11-02 16:30, 2026-11-03 16:30.']);
    expect(all.todo).toBeUndefined();
  });
});
