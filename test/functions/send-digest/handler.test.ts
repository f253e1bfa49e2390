import { expect, test } from '@jest/globals';
import { sendDigest } from '../../../functions/send-digest/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { aStage } from '../../shared/builders.ts';
import { someFacts } from '../../shared/digest/facts.ts';

test('asked for twice - one notice, as info, of the time that it was to come', async () => {
  const published: Notice[] = [];
  const stage = aStage();
  const effects = {
    gather: async (span: Parameters<typeof someFacts>[0]) => someFacts(span),
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    stage: () => stage,
    now: () => Date.parse('2026-11-02T17:31:40+09:00'),
  };
  const asked = { period: 'daily', scheduledFor: '2026-11-02T08:30:00Z' } as const;
  const answers = [await sendDigest(asked, effects), await sendDigest(asked, effects)];
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set(['lamplighter digest daily 2026-11-02T17:30']));
  expect(published[0]).toMatchObject({
    ...{ workload: 'lamplighter', severity: 'info', stage: 'dev', at: '2026-11-02T17:31:40+09:00' },
  });
  expect(published[0]).not.toHaveProperty('cause');
});
