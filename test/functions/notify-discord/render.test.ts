import { describe, expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-discord/render.ts';
import { aMessage, aStage, EXECUTION } from '../../shared/builders.ts';

const STAGE = aStage();
const embedOf = (...message: Parameters<typeof aMessage>) => render(aMessage(...message), STAGE).embeds[0];

/** Half of a character outside the basic plane: what a cut inside an emoji leaves. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const FAMILY = '👩‍👩‍👧‍👦';

describe('render', () => {
  test('a notice - one embed, with where it comes from', () => {
    expect(embedOf({ severity: 'warning', lines: ['one', 'two'] })).toEqual({
      title: 'nightly failed',
      description: 'one\ntwo',
      color: 0xf1c40f,
      timestamp: '2026-11-02T02:30:00+09:00',
      footer: { text: 'warning · nightly · dev' },
    });
  });

  test('a text that mentions everybody - nobody is mentioned', () => {
    const message = aMessage({ title: '@everyone', lines: ['<@1234>'] });
    expect(render(message, STAGE).allowed_mentions).toEqual({ parse: [] });
  });

  test('what was done, what is to be done, and where more is - under headings, after what happened', () => {
    const links = [
      { label: 'Run', url: 'https://run.test/' },
      { label: 'Log', url: 'https://log.test/a(b)' },
    ];
    expect(embedOf({ lines: ['one', 'two'], did: ['three'], todo: ['four', 'five'], links })).toMatchObject({
      url: 'https://run.test/',
      description: [
        ...['one\ntwo', '**Done**\nthree', '**To do**\nfour\nfive'],
        '[Run](https://run.test/) · [Log](https://log.test/a%28b%29)',
      ].join('\n\n'),
    });
  });

  test('only the execution is known - the link to it', () => {
    expect(embedOf({ execution: EXECUTION })?.description).toMatch(
      /\[Run\]\(https:.*executions\/details\/arn:.*one\)$/,
    );
  });

  test('an incident that is over - green, whatever it was; one that comes and goes - grey', () => {
    const incident = { openedAt: Date.parse('2026-11-01T17:00:00Z'), count: 3 };
    expect(embedOf({ severity: 'critical' }, { incident: { ...incident, state: 'resolved' } })).toMatchObject({
      title: 'Resolved: nightly failed',
      color: 0x2ecc71,
    });
    expect(embedOf({ severity: 'critical' }, { incident: { ...incident, state: 'flapping' } })?.color).toBe(0x95a5a6);
  });

  test('severities - told apart by their colours', () => {
    const colours = (['info', 'success', 'warning', 'critical'] as const).map(
      (severity) => embedOf({ severity })?.color,
    );
    expect(new Set(colours).size).toBe(4);
  });

  test.each([
    ['title', 256],
    ['description', 4096],
  ] as const)('a %s of exactly %d - as it is; one more - cut with an ellipsis', (field, limit) => {
    const of = (text: string) => embedOf({ title: text, lines: [text] })?.[field];
    expect(of('x'.repeat(limit))).toBe('x'.repeat(limit));
    expect(of('x'.repeat(limit + 1))).toBe(`${'x'.repeat(limit - 1)}…`);
  });

  test.each([0, 1, 2, 3])('emoji of two units, shifted by %d - never cut inside one, as long as may be', (shift) => {
    const title = embedOf({ title: 'x'.repeat(shift) + '🔥'.repeat(200) })?.title ?? '';
    expect(title).not.toMatch(HALF);
    expect(title.length).toBeLessThanOrEqual(256);
    expect(title.length).toBeGreaterThanOrEqual(255);
  });

  test('emoji that are joined of several - never cut inside one', () => {
    const title = embedOf({ title: FAMILY.repeat(100) })?.title ?? '';
    expect(title.length).toBeLessThanOrEqual(256);
    expect(title.slice(0, -1).replaceAll(FAMILY, '')).toBe('');
    expect(title.endsWith('…')).toBe(true);
  });

  test('a first line longer than everything - the description is still within the limit', () => {
    expect(embedOf({ lines: ['🔥'.repeat(5000), 'and more'] })?.description?.length).toBeLessThanOrEqual(4096);
  });
});
