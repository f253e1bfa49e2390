import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Because, Incident, Message } from '../../shared/messages/message.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { aMessage, EXECUTION } from '../shared/builders.ts';

// Messages of any length, and what judges whether a character of theirs was cut.

export const LANGUAGES: CompiledStage['notify']['language'][] = ['en', 'ko'];

const CHARACTERS = [
  ...['한', '글', '밤', '🔥', '👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇰🇷'],
  // Combined: a letter with two marks, and a syllable of three parts.
  ...['ж\u0323\u0301', '\u1100\u1161\u11a8'],
  ...['\n', ' ', 'a', '&', '<', '>', '"', '\\', '*'],
];
const KNOWN = new Set([...CHARACTERS, '🔴', '🟢', '🟡', '🔵', '⚪']);

/** 0 to so many characters: a few, repeated. */
const textUpTo = (max: number) =>
  fc
    .tuple(fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max }))
    .map(([few, length]) => Array.from({ length }, (_, index) => few[index % few.length]).join(''));
const text = fc.oneof(textUpTo(20_000), textUpTo(300));
const lines = text.map((body) => body.split('\n'));
const instant = fc.integer({ min: Date.parse('2026-10-01T00:00:00Z'), max: Date.parse('2026-11-01T17:30:00Z') });
const severity = fc.constantFrom('info', 'success', 'warning', 'critical' as const);

const incident: fc.Arbitrary<Incident> = fc.record({
  state: fc.constantFrom('open', 'resolved', 'flapping', 'passing'),
  openedAt: instant,
  count: fc.integer({ min: 1, max: 10_000 }),
  acknowledged: fc.option(fc.record({ by: text, at: instant }), { nil: undefined }) as fc.Arbitrary<never>,
});
const because: fc.Arbitrary<Because> = fc.record({
  id: fc.constant('1'),
  what: fc.constantFrom('fallback', 'escalation', 'reminder'),
  channel: text,
  why: fc.oneof(text, fc.constant('900')),
});
const url = fc.oneof(
  text,
  textUpTo(700).map((path) => `https://example.com/${path}`),
  fc.constant('https://example.com/a(b)|c'),
);

/** A few fields at a time, or most of what is generated would be thrown away by the cutting. */
const message: fc.Arbitrary<Message> = fc
  .record({
    notice: fc.record(
      {
        ...{ title: text, lines, did: lines, todo: lines, workload: text, stage: text, severity },
        ...{
          cause: text,
          execution: fc.constant(EXECUTION),
          links: fc.array(fc.record({ label: text, url }), { maxLength: 8 }),
        },
      },
      { requiredKeys: [] },
    ),
    message: fc.record(
      {
        ...{ incident, because, dropped: fc.nat() },
        earlier: fc.array(fc.record({ at: instant, title: text, severity }), { maxLength: 20 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ notice, message }) => aMessage(notice, message));

/** What a channel shows that nobody wrote: an end of a character that was cut, beyond the ASCII and Hangul of our words. */
export function broken(shown: string): string[] {
  return [...new Intl.Segmenter().segment(shown)]
    .map(({ segment }) => segment)
    .filter((character) => !KNOWN.has(character) && !/^([\x20-\x7e\n]|[가-힣×·…])$/.test(character));
}

/** As Slack shows it. */
export function unescaped(escaped: string): string {
  return escaped.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Checks it of many messages. */
export function holds(check: (message: Message) => void): void {
  fc.assert(fc.property(message, check), { numRuns: 200 });
}

/** What JSON makes of it and back: as it was. */
export function sent<T>(message: T): T {
  const back = JSON.parse(JSON.stringify(message)) as T;
  expect(back).toEqual(message);
  return back;
}
