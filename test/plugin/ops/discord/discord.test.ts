import { describe, expect, test } from '@jest/globals';
import type { Options } from '../../../../plugin/ops/command.ts';
import { discordAs } from '../../../../plugin/ops/discord/call.ts';
import { type Registered, registration } from '../../../../plugin/ops/discord/registration.ts';
import { register } from '../../../../plugin/ops/discord.ts';
import { aStage } from '../../../shared/builders.ts';
import { APPLICATION, aCommandedStage, GUILD, PUBLIC_KEY } from '../../../shared/discord/interactions.ts';
import { aContext } from '../context.ts';

const ADDRESS = 'https://abc.execute-api.ap-northeast-2.amazonaws.com/discord';
const TOKEN = 'token-that-nobody-may-see';
const COMMANDS = `/applications/${APPLICATION}/guilds/${GUILD}/commands`;

function stage() {
  const { commands, ...rest } = aCommandedStage();
  if (!commands) throw new Error('no commands');
  return { ...rest, commands: { ...commands, bot: 'ssm:/bot' } };
}

interface World {
  known?: object[];
  application?: object;
  address?: string | undefined;
  token?: string;
  says?: string[];
  of?: ReturnType<typeof aStage>;
}

/** Registers at a Discord that knows some commands, which it tells with fields of its own. */
async function registers(
  options: Options,
  { known = [], application, token = TOKEN, says, of = stage(), ...world }: World = {},
) {
  const { context, seen } = aContext(options, { stage: of, ...(says && { says }) });
  const called: [string, string, unknown?][] = [];
  const address = 'address' in world ? world.address : ADDRESS;
  const call = async <Answer>(method: string, path: string, body?: object) => {
    called.push(body ? [method, path, body] : [method, path]);
    if (path !== '/applications/@me') return known as Answer;
    return { id: APPLICATION, verify_key: PUBLIC_KEY, interactions_endpoint_url: ADDRESS, ...application } as Answer;
  };
  const effects = {
    aws: async () => ({ parameter: async () => ({ value: token }), output: async () => address }),
    discordAs: () => call,
  };
  const outcome = await register(context, effects).then(
    () => seen.out,
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return { outcome, written: called.filter(([method]) => method !== 'GET'), seen };
}

const WANTED = registration(aCommandedStage());
/** As Discord tells it. */
const kept = (commands: Registered[]) =>
  commands.map((command, index) => ({
    ...{ id: String(index), application_id: APPLICATION, version: '1', default_member_permissions: null, nsfw: false },
    ...command,
    options: command.options.map((option) => ({ required: false, autocomplete: false, ...option })),
  }));

describe('sls ops discord', () => {
  test('a server that has none - all are registered at once, and the endpoint is told', async () => {
    const { outcome, written } = await registers({}, { application: { interactions_endpoint_url: null } });
    expect(written).toEqual([
      ['PUT', COMMANDS, WANTED],
      ['PATCH', '/applications/@me', { interactions_endpoint_url: ADDRESS }],
    ]);
    expect(outcome).toBe(
      `registered: status, runs, start, stop, extend, skip, pause, resume\nendpoint set: ${ADDRESS}\n`,
    );
  });

  test('said again - nothing is written', async () => {
    const { outcome, written } = await registers({}, { known: kept(WANTED) });
    expect(written).toEqual([]);
    expect(outcome).toContain('as it was: status, runs, start, stop, extend, skip, pause, resume');
  });

  test.each<[string, (command: Registered) => object]>([
    ['another description', () => ({ description: 'x' })],
    ['a description in another language', () => ({ description_localizations: {} })],
    ['an option less', ({ options }) => ({ options: options.slice(1) })],
    [
      'an option that need not be said',
      ({ options }) => ({ options: options.map((one) => ({ ...one, required: false })) }),
    ],
    ['an option with another limit', ({ options }) => ({ options: options.map((one) => ({ ...one, max_length: 5 })) })],
  ])('one has %s - that one is changed', async (_, change) => {
    const known = kept(WANTED).map((command) =>
      command.name === 'stop' ? { ...command, ...change(command) } : command,
    );
    const { outcome, written } = await registers({}, { known });
    expect([outcome.split('\n')[0], written.length]).toEqual(['changed: stop', 1]);
  });

  test('one that is none of ours - removed only when a person says yes', async () => {
    const known = [...kept(WANTED), { name: 'dance', type: 1 }, { name: 'stop', type: 2 }];
    const refused = await registers({}, { known, says: ['n'] });
    expect([refused.outcome, refused.written]).toEqual(['Refused: not done: you did not say yes', []]);
    expect(refused.seen.questions).toEqual([
      'remove dance, stop, which the application has on this server too? [y/N] ',
    ]);
    const done = await registers({ yes: true }, { known });
    expect([done.outcome.split('\n')[0], done.written.length]).toEqual(['removed: dance, stop', 1]);
  });

  test('before the first deployment - registered, and what is to be done then', async () => {
    const { outcome, written } = await registers({}, { address: undefined });
    expect(written.map(([method]) => method)).toEqual(['PUT']);
    expect(outcome).toContain('endpoint not set: npx sls deploy --stage dev, then say this again');
  });

  test('a dry run - what would be registered; nobody is asked for anything', async () => {
    const { outcome, written } = await registers({ 'dry-run': true }, { token: '' });
    expect(written).toEqual([]);
    expect(outcome).toContain('/stop: Stop a workload now');
    expect(JSON.parse((await registers({ 'dry-run': true, json: true })).outcome)).toEqual(WANTED);
  });

  test.each<[string, World, RegExp]>([
    ['a stage without commands', { of: aStage() }, /has no commands: add a block/],
    ['no bot', { of: aCommandedStage() }, /commands.bot is missing/],
    ['no token', { token: ' ' }, /there is no parameter \/bot: aws ssm put-parameter/],
    ['a bot of another application', { application: { id: '7' } }, /the bot is of application 7, and/],
    ['the key of another application', { application: { verify_key: 'ff' } }, /and the application's is ff/],
  ])('%s - refused, and nothing is written', async (_, world, says) => {
    const { outcome, written } = await registers({}, world);
    expect(outcome).toMatch(says);
    expect(written).toEqual([]);
  });
});

describe('what is registered', () => {
  test('every text - is as long as Discord allows, in each language; what is needed comes first', () => {
    for (const { name, options, ...command } of WANTED) {
      expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
      const texts = [command, ...options].flatMap(({ description, description_localizations: more }) => [
        description,
        ...Object.values(more),
      ]);
      expect(texts.filter((text) => text.length < 1 || text.length > 100)).toEqual([]);
      const needed = options.map(({ required = false }) => required);
      expect(needed).toEqual(needed.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  test('a Korean stage - Korean where somebody has neither language on', () => {
    const [first] = registration(aStage({ notify: { language: 'ko' } }));
    expect(first?.description).toMatch(/[가-힣]/);
    expect(first?.description_localizations['en-US']).toMatch(/^Show/);
  });
});

describe('what Discord answers', () => {
  const answering = (status: number, body: string) =>
    discordAs(TOKEN, (async () => new Response(body, { status })) as typeof fetch)('PUT', '/x', {});

  test('a field that is wrong - which, and the token is not told', async () => {
    const body = JSON.stringify({ code: 50035, message: 'Invalid Form Body', errors: { 0: { name: 'x' } } });
    await expect(answering(400, body)).rejects.toThrow(
      /^(?!.*nobody-may-see).*400 to PUT \/x: Invalid Form Body \{"0"/,
    );
  });

  test.each([
    [401, 'make a new one'],
    [403, 'invite it there'],
    [404, 'compare commands.application'],
    [502, 'compare with what'],
  ])('%i - how to mend it', async (status, mend) => {
    await expect(answering(status, 'no JSON')).rejects.toThrow(mend);
  });

  test('nothing - said as it is', async () => {
    const fails = async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    };
    await expect(discordAs(TOKEN, fails)('GET', '/x')).rejects.toThrow('Discord does not answer (ENOTFOUND)');
  });
});
