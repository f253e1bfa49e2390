import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render as discord } from '../../functions/notify-discord/render.ts';
import { render as slack } from '../../functions/notify-slack/render.ts';
import { render as teams } from '../../functions/notify-teams/render.ts';
import { render as webhook } from '../../functions/notify-webhook/render.ts';
import { asSms, type Notice } from '../../shared/notices.ts';
import { aNotice, EXECUTION } from '../shared/builders.ts';

// Texts of any length, in Hangul and emoji, are within what each service documents, and are never cut inside a character.

const CHARACTERS = [
  '한',
  '글',
  '밤',
  '각',
  '🔥',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '👍🏽',
  '🇰🇷',
  '\n',
  ' ',
  'a',
  '&',
  '<',
  '>',
  '"',
  '\\',
  '*',
  'é',
];
const KNOWN = new Set([
  ...CHARACTERS,
  ...'…[]()|.:/-+_#?=,0123456789',
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ...'bcdefghijklmnopqrstuvwxyz',
  ';',
  '·',
  '🔴',
]);

/** 0 to 20,000 characters: a few, repeated. */
const text = fc
  .tuple(fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 20_000 }))
  .map(([few, length]) => Array.from({ length }, (_, index) => few[index % few.length]).join(''));
const notice = fc
  .record({ title: text, body: text, hasLink: fc.boolean() })
  .map(({ title, body, hasLink }) =>
    aNotice({ title, lines: body.split('\n'), severity: 'critical', ...(hasLink && { execution: EXECUTION }) }),
  );

const characters = (cut: string) => [...new Intl.Segmenter().segment(cut)].map(({ segment }) => segment);
const broken = (cut: string) => characters(cut).filter((character) => !KNOWN.has(character));
const unescaped = (escaped: string) => escaped.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

function holds(check: (notice: Notice) => void): void {
  fc.assert(fc.property(notice, check), { numRuns: 60 });
}

/** What JSON makes of it and back: as it was. */
function sent<T>(message: T): T {
  const back = JSON.parse(JSON.stringify(message)) as T;
  expect(back).toEqual(message);
  return back;
}

describe('any text', () => {
  test('Discord - title, description, and all together', () => {
    holds((notice) => {
      const { allowed_mentions, embeds } = sent(discord(notice));
      const [{ title = '', description = '', footer } = {}] = embeds;
      expect(allowed_mentions).toEqual({ parse: [] });
      expect(embeds).toHaveLength(1);
      expect(title.length).toBeLessThanOrEqual(256);
      expect(description.length).toBeLessThanOrEqual(4096);
      expect(title.length + description.length + (footer?.text.length ?? 0)).toBeLessThanOrEqual(6000);
      expect([...broken(title), ...broken(description)]).toEqual([]);
    });
  });

  test('Slack - header, section, and nothing that mentions', () => {
    holds((notice) => {
      const { text, blocks } = sent(slack(notice));
      expect(blocks.length).toBeLessThanOrEqual(50);
      for (const { type, text: part } of blocks as { type: string; text?: { text: string } }[]) {
        if (!part) continue;
        expect(part.text.length).toBeGreaterThan(0);
        expect(part.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
        expect(broken(type === 'header' ? part.text : unescaped(part.text))).toEqual([]);
        const own = part.text.replace(/\n<https:[^<>]*\|The whole>$/, '');
        if (type === 'section') expect(own).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
      }
      expect(text).not.toMatch(/[<>]/);
      expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    });
  });

  test('Teams - 28 kB, however they are counted', () => {
    holds((notice) => {
      const message = sent(teams(notice));
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(28_000);
      expect(2 * JSON.stringify(message).length).toBeLessThanOrEqual(28_000);
      for (const { text } of message.attachments[0]?.content.body ?? []) expect(broken(text)).toEqual([]);
    });
  });

  test('a webhook - whole', () => {
    holds((notice) => {
      const { link, ...rest } = webhook(notice);
      expect(JSON.parse(JSON.stringify(rest))).toEqual(notice);
      expect(link === undefined).toBe(notice.execution === undefined);
    });
  });

  test('SMS - 140 bytes as the network counts them', () => {
    holds((notice) => {
      const text = asSms(notice);
      const isAscii = /^\p{ASCII}*$/u.test(text);
      expect(isAscii ? text.length : 2 * text.length).toBeLessThanOrEqual(140);
      expect(broken(text)).toEqual([]);
    });
  });
});

describe('a text that was cut', () => {
  const LINK =
    /ap-northeast-2\.console\.aws\.amazon\.com\/states\/home\?region=ap-northeast-2#\/v2\/executions\/details\/arn:/;
  const long = aNotice({ lines: ['한'.repeat(20_000)], execution: EXECUTION });

  test.each([
    ['Discord', () => discord(long).embeds[0]?.description],
    ['Slack', () => JSON.parse(JSON.stringify(slack(long).blocks[1])).text.text],
    ['Teams', () => teams(long).attachments[0]?.content.body[1]?.text],
  ])('of %s - ends with an ellipsis and where the whole is', (_, cut) => {
    const [, end = ''] = String(cut()).split('…');
    expect(end).toMatch(LINK);
  });

  test('without an execution - ends with the ellipsis', () => {
    const { execution: _, ...rest } = long;
    expect(discord(rest).embeds[0]?.description).toMatch(/한…$/);
    expect(teams(rest).attachments[0]?.content.body[1]?.text).toMatch(/한…$/);
  });

  test('in plain letters, for SMS - ends with dots that do not double its size', () => {
    expect(asSms(aNotice({ lines: ['x'.repeat(500)] }))).toMatch(/^[\x20-\x7e\n]{137}\.\.\.$/);
  });
});
