import { describe, expect, test } from '@jest/globals';
import { render as discord } from '../../functions/notify-discord/render.ts';
import { render as slack } from '../../functions/notify-slack/render.ts';
import { renderMail, renderSms } from '../../functions/notify-sns/render.ts';
import { render as teams } from '../../functions/notify-teams/render.ts';
import { render as webhook } from '../../functions/notify-webhook/render.ts';
import type { Message } from '../../shared/messages/message.ts';
import { aMessage, aStage, EXECUTION } from '../shared/builders.ts';
import { broken, holds, LANGUAGES, sent, unescaped } from './messages.ts';

// Texts of any length in every field, in Hangul, emoji and combined characters, are within what each service documents,
// and are never cut inside a character.

describe.each(LANGUAGES)('any message in %s', (language) => {
  const stage = aStage({ notify: { language } });

  test('Discord - title, description, footer, and all together', () => {
    holds((message) => {
      const { allowed_mentions, embeds } = sent(discord(message, stage));
      const [{ title = '', description = '', footer, url } = {}] = embeds;
      expect(allowed_mentions).toEqual({ parse: [] });
      expect(embeds).toHaveLength(1);
      expect(title.length).toBeLessThanOrEqual(256);
      expect(description.length).toBeLessThanOrEqual(4096);
      expect(footer?.text.length).toBeLessThanOrEqual(2048);
      expect(url?.length ?? 0).toBeLessThanOrEqual(2048);
      expect(title.length + description.length + (footer?.text.length ?? 0)).toBeLessThanOrEqual(6000);
      expect([...broken(title), ...broken(description), ...broken(footer?.text ?? '')]).toEqual([]);
    });
  });

  test('Slack - header, section, context, and nothing that mentions', () => {
    holds((message) => {
      const { text, blocks } = sent(slack(message, stage));
      expect(blocks.length).toBeLessThanOrEqual(50);
      const parts = (blocks as Block[]).flatMap((block) => block.elements ?? { ...block.text, type: block.type });
      for (const { type, text: part = '' } of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
        expect(broken(type === 'header' ? part : unescaped(part))).toEqual([]);
        const own = part.replace(/<https?:[^<>|]*\|[^<>|]*>/g, '');
        if (type !== 'header') expect(own).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
      }
      expect(text).not.toMatch(/[<>]/);
      expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    });
  });

  test('Teams - 28 kB, however they are counted', () => {
    holds((message) => {
      const card = sent(teams(message, stage));
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_000);
      expect(2 * JSON.stringify(card).length).toBeLessThanOrEqual(28_000);
      for (const { text } of card.attachments[0]?.content.body ?? []) expect(broken(text)).toEqual([]);
    });
  });

  test('a webhook - whole', () => {
    holds((message) => {
      const body = sent(JSON.parse(JSON.stringify(webhook(message, stage))));
      expect(body).toMatchObject(JSON.parse(JSON.stringify(message.notice)));
      expect(body.version).toBe(1);
      expect(body.earlier.map(({ title }: { title: string }) => title)).toEqual(
        message.earlier.map(({ title }) => title),
      );
    });
  });

  test('e-mail - 256 kB, and a subject that SNS takes', () => {
    holds((message) => {
      const { subject, text } = renderMail(message, stage);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(262_144 - 1024);
      expect(subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);
      expect(broken(text)).toEqual([]);
    });
  });

  test('SMS - 140 bytes as the network counts them', () => {
    holds((message) => {
      const text = renderSms(message, stage);
      const isAscii = /^\p{ASCII}*$/u.test(text);
      expect(isAscii ? text.length : 2 * text.length).toBeLessThanOrEqual(140);
      expect(broken(text)).toEqual([]);
    });
  });
});

interface Block {
  type: string;
  text?: { text: string };
  elements?: { type: string; text: string }[];
}

describe('a message that was cut', () => {
  const stage = aStage();
  const long = aMessage({ lines: ['한'.repeat(300_000)], todo: ['Do it.'], execution: EXECUTION });
  const ways: [string, (message: Message) => string | undefined][] = [
    ['Discord', (message) => discord(message, stage).embeds[0]?.description],
    ['Slack', (message) => JSON.parse(JSON.stringify(slack(message, stage).blocks[1])).text.text],
    ['Teams', (message) => teams(message, stage).attachments[0]?.content.body[1]?.text],
    ['e-mail', (message) => renderMail(message, stage).text],
  ];

  test.each(ways)('%s - an ellipsis, what is to be done all the same, and where the whole is', (_, text) => {
    const [before = '', end = ''] = String(text(long)).split('…');
    expect(before).toMatch(/한$/);
    expect(end).toContain('Do it.');
    expect(end).toMatch(
      /The whole.*ap-northeast-2\.console\.aws\.amazon\.com\/states\/.*executions\/details\/arn:|\/states\/.*executions\/details\/arn:.*The whole/s,
    );
  });

  test.each(ways)('%s, without an execution - the ellipsis, and no link', (_, text) => {
    const { execution: _execution, ...notice } = long.notice;
    const cut = String(text({ ...long, notice }));
    expect(cut).toContain('한…');
    expect(cut).not.toContain('The whole');
  });

  test.each(ways)('%s, whole - no link to the whole', (_, text) => {
    expect(text(aMessage({ execution: EXECUTION }))).not.toContain('The whole');
  });

  test('in plain letters, for SMS - ends with dots that do not double its size', () => {
    expect(renderSms(aMessage({ lines: ['x'.repeat(500)] }), stage)).toMatch(/^[\x20-\x7e\n]{137}\.\.\.$/);
  });
});
