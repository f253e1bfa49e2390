import { expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act } from './stage.ts';

const said = (report: Report) => report.notices.filter(({ title }) => /emergency stop/i.test(title));
const WORKERS = 'crawl (service/crawler-workers/crawler-worker)';

test('workers in mid-burst, whose scaling cannot be held at first - stopped, said, and back when a person resumes', async () => {
  const at = (time: string) => `2026-11-02T${time}`;
  const report = await act(
    {
      queues: { crawl: { bursts: [{ at: at('10:00'), jobs: 900 }] } },
      people: [
        { at: at('10:06'), act: 'emergency-stop', why: 'the bill' },
        { at: at('11:00'), act: 'resume', why: 'looked at' },
      ],
      faults: [
        {
          ...{ call: 'applicationautoscaling.RegisterScalableTarget', error: 'ThrottlingException' },
          ...{ from: at('10:05'), to: at('10:16') },
        },
      ],
    },
    { stage: 'hybrid-queue-scaling', from: '2026-11-02', days: 1 },
  );
  expect(report.violations).toEqual([]);
  const [begins, left, off, resumed, ...more] = said(report);
  expect(begins).toMatchObject({ severity: 'critical', title: 'Emergency stop: everything is being stopped' });
  expect(left).toMatchObject({
    ...{ severity: 'critical', title: 'Emergency stop: 1 not stopped' },
    lines: [expect.anything(), expect.stringContaining(`Not stopped: ${WORKERS}`)],
    todo: [expect.stringContaining('--min-capacity 0 --max-capacity 0'), expect.anything()],
  });
  expect(off).toMatchObject({
    ...{ severity: 'warning', title: 'Emergency stop: everything is off' },
    did: [`Stopped: ${WORKERS}`, 'Nothing starts until somebody resumes.'],
  });
  expect(resumed).toMatchObject({ severity: 'success', title: 'Emergency stop is over: resumed' });
  expect(more).toEqual([]);
  // They have done it all in the end, and the guard has reckoned about what they are billed.
  const { jobs, workers } = report.queues?.['crawl'] ?? {};
  expect(jobs).toMatchObject({ lost: 0, repeated: 0, inside: 0 });
  const reckoned = report.ledger.reduce((sum, { usd }) => sum + usd, 0);
  const share = reckoned / (workers?.cost.actual ?? 0);
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1.15);
});
