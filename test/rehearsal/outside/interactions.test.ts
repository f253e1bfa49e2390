import { describe, expect, test } from '@jest/globals';
import { buttonOf, faultsOfRows } from '../../../rehearsal/outside/components.ts';
import { Discord } from '../../../rehearsal/outside/discord.ts';
import { type Interaction, sayMore } from '../../../rehearsal/outside/interactions.ts';

const NOW = Date.parse('2026-11-02T00:00:00Z');
const HOOK = 'https://discord.com/api/v10/webhooks/1/token';
const edit = (body: object) => ({ method: 'patch', url: `${HOOK}/messages/@original`, body });
const more = (body: object) => ({ method: 'post', url: HOOK, body });

describe('what is said of an interaction', () => {
  const thinking = (): Interaction => ({ at: NOW, is: 'later', isPrivate: true });

  test('instead of "thinking…", then as a message of its own - the first for who asked alone, the second for all', () => {
    const known = thinking();
    expect(sayMore(known, edit({ content: 'a' }), NOW)).toMatchObject({
      response: { status: 200 },
      read: { isPrivate: true },
    });
    expect(sayMore(known, more({ content: 'b' }), NOW).read).toEqual({ body: { content: 'b' }, isPrivate: false });
    expect(sayMore(known, more({ content: 'c', flags: 64 }), NOW).read?.isPrivate).toBe(true);
  });

  test('as a message of its own too early - it takes the place of "thinking…", and stays private', () => {
    const known = thinking();
    expect(sayMore(known, more({ content: 'a' }), NOW).read?.isPrivate).toBe(true);
    expect(sayMore(known, more({ content: 'b' }), NOW).read?.isPrivate).toBe(false);
  });

  test.each<[string, Interaction | undefined, Parameters<typeof sayMore>[1], number, number]>([
    ['by a token that nobody has', undefined, edit({ content: 'a' }), NOW, 404],
    ['before the first answer', { at: NOW, isPrivate: false }, edit({ content: 'a' }), NOW, 404],
    ['a quarter of an hour later', thinking(), edit({ content: 'a' }), NOW + 900_001, 401],
    ['without a word', thinking(), edit({}), NOW, 400],
    ['with more than 2000 characters', thinking(), edit({ content: 'x'.repeat(2001) }), NOW, 400],
    ['in another way', thinking(), { ...edit({ content: 'a' }), method: 'put' }, NOW, 405],
  ])('%s - refused', (_, known, request, now, status) => {
    expect(sayMore(known, request, now)).toEqual({ response: expect.objectContaining({ status }) });
  });
});

describe('buttons', () => {
  const button = { type: 2, style: 1, label: 'x', custom_id: 'x' };
  const row = (...components: object[]) => [{ type: 1, components }];

  test.each<[string, object[], string[]]>([
    ['one in a row', row(button), []],
    ['one without a row', [button], ['components.type']],
    ['six in a row', row(...'123456'.split('').map((id) => ({ ...button, custom_id: id }))), ['components.type']],
    ['a label that is too long', row({ ...button, label: 'x'.repeat(81) }), ['components.label']],
    ['an id that is too long', row({ ...button, custom_id: 'x'.repeat(101) }), ['components.custom_id']],
    ['no id', row({ ...button, custom_id: '' }), ['components.custom_id']],
    ['the same id twice', row(button, button), ['components.custom_id twice']],
    ['a style that needs an address', row({ ...button, style: 5 }), ['components.style']],
  ])('%s - found: %j', (_, rows, faults) => {
    expect(faultsOfRows(rows)).toEqual(faults);
  });

  test.each([
    ['wait=true&with_components=true', 'x'],
    ['wait=true', undefined],
  ])('posted with ?%s - shown: %s', (query, shown) => {
    const body = { content: 'a', components: row(button) };
    const posted = { method: 'post', path: '', query: new URLSearchParams(query), body, files: [], now: NOW };
    expect(buttonOf(JSON.parse(new Discord().take(posted).response.data), '')).toBe(shown);
  });
});
