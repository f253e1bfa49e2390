import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../shared/stage/compile.ts';
import { changed, read, said, VALID } from './stage-file.ts';

const KEY = 'aB'.repeat(32);
const COMMANDS = `commands:
  application: "1122334455667788990"
  publicKey: "${KEY}"
  guild: "1100000000000000001"
  bot: "ssm:/lamplighter/dev/discord-bot"
  roles: { "1100000000000000002": all, 1100000000000000003: [status, runs] }
`;
const FILE = `${VALID}${COMMANDS}`;

describe('commands', () => {
  test('as they are meant - who may do what, an id as it is written, though it is a number', () => {
    const all = ['status', 'runs', 'start', 'stop', 'extend', 'skip', 'pause', 'resume', 'approve', 'acknowledge'];
    expect(compileStage(read(FILE), 'dev', 2026).commands).toEqual({
      ...{ application: '1122334455667788990', publicKey: KEY.toLowerCase(), guild: '1100000000000000001' },
      ...{ bot: 'ssm:/lamplighter/dev/discord-bot' },
      roles: { '1100000000000000002': all, '1100000000000000003': ['status', 'runs'] },
    });
  });

  test('none - none', () => {
    expect(compileStage(read(VALID), 'dev', 2026)).not.toHaveProperty('commands');
  });

  test.each<[string, string, string, string, RegExp]>([
    [
      'an id without quotes',
      '"1122334455667788990"',
      '1122334455667788990',
      'commands.application',
      /put the digits in/,
    ],
    ['a name for an id', '"1100000000000000001"', 'our-server', 'commands.guild', /developer mode/],
    ['half a key', KEY, 'aB', 'commands.publicKey', /General Information/],
    ['a token in clear', 'ssm:/lamplighter/dev/discord-bot', 'abc.def', 'commands.bot', /SSM Parameter Store/],
    [
      'a right that is none',
      '[status, runs]',
      '[status, rnus]',
      'commands.roles.1100000000000000003[1]',
      /did you mean runs/,
    ],
    ['a role by its name', '1100000000000000003:', 'operators:', 'commands.roles.operators', /developer mode/],
  ])('%s - which, and how to mend it', (_, from, to, place, mend) => {
    const [fault, ...more] = said(changed(from, to, FILE));
    expect(fault?.place).toContain(place);
    expect(fault?.mend).toMatch(mend);
    expect(more).toEqual([]);
  });

  test('no role - said', () => {
    expect(said(`${FILE.slice(0, FILE.indexOf('  roles:'))}  roles: {}\n`)).toMatchObject([
      { expected: 'at least one role' },
    ]);
  });
});

describe('buttons', () => {
  const buttons = (text: string) => changed('kind: discord,', 'kind: discord, buttons: true,', text);

  test('with commands - kept', () => {
    expect(read(buttons(FILE)).notify.channels['discord']).toMatchObject({ buttons: true });
  });

  test('without commands - nobody could press them', () => {
    expect(said(buttons(VALID))).toMatchObject([
      {
        place: expect.stringContaining('notify.channels.discord.buttons'),
        expected: expect.stringContaining('commands'),
      },
    ]);
  });

  test('with commands that are malformed - that alone is said', () => {
    const faults = said(buttons(changed(KEY, 'aB', FILE)));
    expect(faults.map(({ place }) => place)).toEqual([expect.stringContaining('commands.publicKey')]);
  });
});
