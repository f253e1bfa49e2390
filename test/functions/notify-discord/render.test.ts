import { describe, expect, test } from '@jest/globals';
import { render } from '../../../functions/notify-discord/render.ts';
import { aNotice } from '../../shared/builders.ts';

const embedOf = (notice: Parameters<typeof aNotice>[0]) => render(aNotice(notice)).embeds[0];

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
    expect(render(aNotice({ title: '@everyone', lines: ['<@1234>'] })).allowed_mentions).toEqual({ parse: [] });
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
