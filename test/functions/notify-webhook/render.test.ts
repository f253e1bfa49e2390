import { expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-webhook/render.ts';
import { aMessage, aNotice, aStage, EXECUTION } from '../../shared/builders.ts';

const sent = (...message: Parameters<typeof aMessage>) =>
  JSON.parse(JSON.stringify(render(aMessage(...message), aStage({ notify: { language: 'ko' } }))));

test('a notice - its fields as they are in every language, with its thread and the version of the form', () => {
  expect(sent()).toEqual({ version: 1, ...aNotice(), thread: 'nightly failed', earlier: [], dropped: 0 });
});

test('about an execution - with the link to it', () => {
  expect(sent({ execution: EXECUTION }).link).toMatch(/^https:\/\/ap-northeast-2\.console.*executions\/details\/arn:/);
});

test('an incident - with instants that every program reads', () => {
  const at = Date.parse('2026-11-01T17:00:00Z');
  const iso = '2026-11-01T17:00:00.000Z';
  const incident = { state: 'resolved', openedAt: at, endedAt: at, count: 3, acknowledged: { by: 'ana', at } } as const;
  const earlier = [{ at, title: 'nightly failed', severity: 'warning' } as const];
  const because = { id: '1', what: 'fallback', channel: 'chat', why: '503' } as const;
  expect(sent({}, { incident, earlier, dropped: 37, because })).toMatchObject({
    incident: { ...incident, openedAt: iso, endedAt: iso, acknowledged: { by: 'ana', at: iso } },
    earlier: [{ at: iso, title: 'nightly failed', severity: 'warning' }],
    dropped: 37,
    because: { what: 'fallback', channel: 'chat', why: '503' },
  });
});
