import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aNotice } from './builders.ts';
import { answer, bodyOf, listen, pretendAws } from './http.ts';

const TOPIC = 'arn:aws:sns:ap-northeast-2:123456789012:lamplighter-dev-notices';
const requests: URLSearchParams[] = [];
const sns = await listen(async (request, response) => {
  requests.push(new URLSearchParams(await bodyOf(request)));
  const result = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
  answer(response, 200, result, 'text/xml');
});
pretendAws({ SNS: sns.url });
const { asSms, asText, publish } = await import('../../shared/notices.ts');

afterAll(() => sns.close());
beforeEach(() => {
  requests.length = 0;
  process.env['NOTICES_TOPIC'] = TOPIC;
});

async function published(notice = aNotice()): Promise<(field: string) => string> {
  await publish(notice);
  return (field) => requests[0]?.get(field) ?? '';
}

describe('publish', () => {
  test('a notice - e-mail gets text, SMS a short one, everybody else the structure', async () => {
    const field = await published();
    expect(field('Action')).toBe('Publish');
    expect(field('TopicArn')).toBe(TOPIC);
    expect(field('MessageStructure')).toBe('json');
    const message = JSON.parse(field('Message'));
    expect(JSON.parse(message.default)).toEqual(aNotice());
    expect(message.email).toBe(asText(aNotice()));
    expect(message.sms).toBe(asSms(aNotice()));
  });

  test('its severity and workload - are attributes, so that subscriptions can filter by them', async () => {
    const field = await published(aNotice({ severity: 'critical' }));
    const attributes = [1, 2].map((n) => [
      field(`MessageAttributes.entry.${n}.Name`),
      field(`MessageAttributes.entry.${n}.Value.StringValue`),
    ]);
    expect(Object.fromEntries(attributes)).toEqual({ severity: 'critical', workload: 'nightly' });
  });

  test.each([
    ['한글 제목', '[warning] ?? ??'],
    ['two\nlines\tand a tab', '[warning] two?lines?and a tab'],
    ['x'.repeat(200), `[warning] ${'x'.repeat(90)}`],
    ['🔥 on fire', '[warning] ?? on fire'],
  ])('the title %j - a subject that SNS takes: ASCII, one line, at most 100 characters', async (title, subject) => {
    const field = await published(aNotice({ title }));
    expect(field('Subject')).toBe(subject);
    expect(field('Subject')).toMatch(/^[\x20-\x7e]{1,100}$/);
    expect(JSON.parse(JSON.parse(field('Message')).default).title).toBe(title);
  });

  test('no topic is configured - ConfigurationMissing, nothing is sent', async () => {
    delete process.env['NOTICES_TOPIC'];
    await expect(publish(aNotice())).rejects.toMatchObject({ name: 'ConfigurationMissing' });
    expect(requests).toEqual([]);
  });
});

describe('asText', () => {
  test('a notice - the title, its lines, and where it comes from', () => {
    expect(asText(aNotice())).toBe(
      'nightly failed\n\nJobFailed\nExit code 3.\n\nwarning · nightly · stage dev · 2026-11-02T02:30:00+09:00',
    );
  });
});

describe('asSms', () => {
  test('a notice - how bad, what, and where', () => {
    expect(asSms(aNotice({ severity: 'critical' }))).toBe('critical: nightly failed (dev)\nJobFailed\nExit code 3.');
  });

  test.each([
    ['plain letters', 'x', 140],
    ['brackets, which take two places', '[', 70],
    ['Hangul', '한', 70],
    ['emoji of two units', '🔥', 70],
  ])('%s - as many as one message holds', (_, character, units) => {
    const text = asSms(aNotice({ title: character.repeat(200), lines: [] }));
    expect(text.length).toBeLessThanOrEqual(units);
    expect(text.length).toBeGreaterThanOrEqual(units - 1);
  });
});
