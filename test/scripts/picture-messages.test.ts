import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { wrapped } from '../../scripts/picture-messages/text.ts';
import { pictures } from '../../scripts/picture-messages.ts';

describe('the pictures of the guide', () => {
  test.each(Object.entries(pictures()))('%s - is what the channels post now', (file, svg) => {
    // When this fails: npm run pictures
    expect(readFileSync(file, 'utf8')).toBe(svg);
  });

  test.each(Object.entries(pictures()))('%s - loads nothing from elsewhere', (_, svg) => {
    expect(svg).not.toMatch(/(href|src|url\(|@import|<image|<script)/);
  });
});

test('a line that is too long - broken between words', () => {
  const lines = wrapped([{ text: 'one two three' }], 70, 14);
  expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual(['one two ', 'three']);
});
