import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { Notice } from '../../../shared/notices/notice.ts';
import { aStage } from '../../shared/builders.ts';
import { answer, bodyOf, listen, pretendAws } from '../../shared/http.ts';
import { startDatabase } from '../../shared/state/database.ts';
import { httpCheck } from '../../shared/watch/questions.ts';
import { aService } from '../../shared/watch/services.ts';

/** The handlers that are deployed, against a real table, a real topic's protocol and a real server. */
const START = Date.parse('2026-11-02T00:00:00Z');
const MINUTE = 60_000;
let now = START;
jest.spyOn(Date, 'now').mockImplementation(() => now);

const notices: Notice[] = [];
const topic = await listen(async (request, response) => {
  const form = new URLSearchParams(await bodyOf(request));
  notices.push(JSON.parse(form.get('Message') ?? '{}'));
  answer(
    response,
    200,
    '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    'text/xml',
  );
});
const database = await startDatabase();
pretendAws({ SNS: topic.url });
process.env['NOTICES_TOPIC'] = 'arn:aws:sns:ap-northeast-2:123456789012:notices';

let status = 200;
const site = await listen((_, response) => response.writeHead(status).end());
const control = await listen((_, response) => response.end());
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-watch-'));
process.env['STAGE_FILE'] = join(folder, 'stage.json');
const services = {
  web: aService({ checks: [httpCheck(site.url)] }),
  server: aService({ checks: [{ kind: 'heartbeat', name: 'heartbeat', everySeconds: 300 }] }),
};
writeFileSync(process.env['STAGE_FILE'], JSON.stringify(aStage({ services, control: control.url })));
const { handler } = await import('../../../functions/check-health/handler.ts');
const { handler: beat } = await import('../../../functions/record-heartbeat/handler.ts');
const { downtimesBetween, hoursBetween } = await import('../../../shared/state/uptime.ts');

afterAll(async () => {
  for (const one of [topic, site, control, database]) await ('close' in one ? one.close() : one.stop());
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});
beforeEach(() => {
  notices.length = 0;
});

const context = {} as Context;

/** So many minutes, with a heartbeat in each. */
async function pass(minutes: number): Promise<string[]> {
  const told: string[] = [];
  for (let count = 0; count < minutes; count++) {
    await beat({ service: 'server' }, context);
    told.push(...(await handler({}, context)).told);
    now += MINUTE;
  }
  return told;
}

describe('the deployed check-health', () => {
  test('all is well, it goes down, it comes up - told, and kept', async () => {
    expect(await pass(2)).toEqual([]);
    status = 503;
    expect(await pass(4)).toEqual(['web front opened']);
    status = 200;
    expect(await pass(3)).toEqual(['web front closed']);
    expect(notices.map(({ title, state }) => `${title}: ${state}`)).toEqual([
      'web is down: open',
      'web is up again: resolved',
    ]);
    expect(await downtimesBetween('web', START, now)).toMatchObject([
      { check: 'front', from: START + 2 * MINUTE, to: START + 6 * MINUTE, problem: 'answers 503' },
    ]);
  });

  test('a minute delivered again - judged once', async () => {
    now -= MINUTE;
    expect(await handler({}, context)).toEqual({ at: expect.any(String), told: [] });
    now += MINUTE;
  });

  test('an hour is over - its sums are kept', async () => {
    now = START + 60 * MINUTE;
    await pass(1);
    const [hour] = await hoursBetween('web', START, now);
    expect(hour?.checks['front']).toMatchObject({ ok: 5, failed: 4, unknown: 0, excluded: 0 });
    expect(await hoursBetween('server', START, now)).toMatchObject([{ checks: { heartbeat: { ok: 9 } } }]);
  });
});
