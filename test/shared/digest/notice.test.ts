import { describe, expect, test } from '@jest/globals';
import { digestNotice } from '../../../shared/digest/notice.ts';
import { aStage } from '../builders.ts';
import { CALM, DAY, someFacts } from './facts.ts';

const NOW = DAY.to + 20_000;
const english = (facts = someFacts()) => digestNotice(facts, aStage(), NOW);
const korean = () => digestNotice(someFacts(), aStage({ notify: { language: 'ko' } }), NOW);

describe('a digest', () => {
  test('a day with everything - runs, failures, durations, hours on, spending, what was skipped and why', () => {
    const { title, lines } = english();
    expect(title).toBe('Daily digest: 8 runs, 3 failed');
    expect(lines).toEqual([
      'From 2026-11-01 17:30 to 2026-11-02 17:30.',
      'nightly: 4 succeeded, 1 failed, 1 ran out of time, 1 cut off, 1 still going on, took 50 min, much longer than the usual 25 min, on for 2 h 30 min (14 %), not seen for 10 min, spent $0.31, limit $5.00 a day',
      'nightly 02:00 failed: the job ended Failed with exit code 3',
      'nightly 02:00 ran out of time: the job was still running at its deadline',
      'nightly 02:00 was cut off',
      'nightly: 2 skipped, closed: Culture Day',
      'chat-app: no runs, on for 0 s (0 %), spent $0.00',
      'Spent: $0.31, an estimate as of 17:25. The limit is $20.00 a day. The most was $0.40, on 2026-11-01. Always on it would have been $1.24: 75 % saved.',
      'Not known, and not in it: chat-app: db.t3.medium.',
    ]);
  });

  test('what a person should look at - each with what to do', () => {
    expect(english().todo).toEqual([
      'nightly: nightly 02:00 failed, open since 2026-11-02 16:30',
      'x: y, open since 2026-11-02 17:30; kim looks after it',
      expect.stringMatching(
        /^Nothing starts after 3 failures in a row: npx sls ops resume --stage dev --workload nightly --why /,
      ),
      'The whole stage is held back by kim: move',
      'nightly is held back by lee: look, until 2026-11-03 09:00',
      'No price for chat-app: db.t3.medium: add it under prices in the stage file.',
    ]);
  });

  test('the package’s holidays end within a month - deploy again', () => {
    const stage = aStage({ calendar: { closed: {}, open: [], until: '2026-11-20' } });
    expect(digestNotice(someFacts(DAY, { attention: CALM }), stage, NOW).todo).toEqual([
      expect.stringMatching(/2026-11-20/),
    ]);
  });

  test('nothing to look at, and nothing known of the spending - said', () => {
    const notice = english(someFacts(DAY, { workloads: [], attention: CALM, spend: undefined, picture: undefined }));
    expect(notice.lines.slice(1)).toEqual([
      'What was spent is not known: the ledger has no day of this time.',
      'Nothing needs a person.',
    ]);
    expect(notice).not.toHaveProperty('todo');
    expect(notice).not.toHaveProperty('picture');
  });

  test('a duration near the usual - no alarm; more failures than can be read - counted', () => {
    const [nightly] = someFacts().workloads;
    if (!nightly) throw new Error('no workload');
    const failed = Array.from({ length: 8 }, () => nightly.failed[0]).flatMap((run) => run ?? []);
    const { lines } = english(
      someFacts(DAY, { workloads: [{ ...nightly, failed, took: { median: 1600, usual: 1500 } }] }),
    );
    expect(lines[1]).toContain('took 27 min, usually 25 min');
    expect(lines.filter((line) => line.startsWith('nightly 02:00 failed'))).toHaveLength(5);
    expect(lines).toContain('nightly: and 3 more');
  });

  test('in Korean - every line, with the same facts', () => {
    const { title, lines, todo = [] } = korean();
    expect(title).toBe('일일 요약: 실행 8건, 실패 3건');
    for (const line of [...lines, ...todo]) expect(line).toMatch(/[가-힣]/);
    expect(lines[1]).toContain('소요 시간 50분(평소 25분보다 훨씬 오래 걸림)');
  });
});
