import type { Commands, CompiledStage } from '../../shared/stage/compiled.ts';
import { asJson, type Command, type Context, JSON_TOO, Refused, STAGE_FILE } from './command.ts';
import { type Call, discordAs } from './discord/call.ts';
import { type Changes, changesTo, registration } from './discord/registration.ts';
import { confirm } from './terminal.ts';

const real = {
  // Only here: it brings the clients of a dozen services.
  aws: async ({ serverless }: Context) => (await import('./doctor/aws.ts')).awsOf(serverless),
  discordAs: (token: string): Call => discordAs(token),
};

type Effects = {
  aws(context: Context): Promise<{
    parameter(name: string): Promise<{ value: string } | undefined>;
    output(stack: string, name: string): Promise<string | undefined>;
  }>;
  discordAs(token: string): Call;
};

/** `sls ops discord`: as often as wanted; what is registered already is left alone. */
export const discord: Command = {
  usage: 'Register the commands with Discord, and tell it where they go',
  options: {
    'dry-run': { usage: 'Only say what would be registered; Discord is not asked', type: 'boolean' },
    yes: { usage: 'Do not ask, for scripts', type: 'boolean' },
    ...JSON_TOO,
    ...STAGE_FILE,
  },
  run: (context) => register(context),
};

interface Done extends Changes {
  /** Where Discord sends what people say; undefined before the first deployment. */
  endpoint?: string;
  /** Whether it was told so now. */
  isNew: boolean;
}

/** @throws Refused */
export async function register(context: Context, effects: Effects = real): Promise<void> {
  const { options, stage, hands } = context;
  const { terminal } = hands;
  const commands = commandsOf(stage);
  const wanted = registration(stage);
  if (options['dry-run']) {
    const lines = wanted.map(({ name, description }) => `  /${name}: ${description}\n`).join('');
    terminal.write(options['json'] ? asJson(wanted) : `would register on server ${commands.guild}:\n${lines}`);
    return;
  }
  const aws = await effects.aws(context);
  const call = effects.discordAs(await tokenOf(commands, aws));
  const application = await call<Application>('GET', '/applications/@me');
  compare(application, commands);
  const path = `/applications/${commands.application}/guilds/${commands.guild}/commands`;
  const changes = changesTo(await call<{ name: string }[]>('GET', `${path}?with_localizations=true`), wanted);
  const { added, changed, removed } = changes;
  if (removed.length > 0 && !options['yes'])
    await confirm(terminal, `remove ${removed.join(', ')}, which the application has on this server too?`);
  // A day has 200 registrations.
  if (added.length + changed.length + removed.length > 0) await call('PUT', path, wanted);
  const endpoint = await aws.output(`lamplighter-${stage.stage}`, 'DiscordAddress');
  const isNew = endpoint !== undefined && application.interactions_endpoint_url !== endpoint;
  if (isNew) await call('PATCH', '/applications/@me', { interactions_endpoint_url: endpoint });
  const done: Done = { ...changes, ...(endpoint && { endpoint }), isNew };
  terminal.write(options['json'] ? asJson(done) : told(done, stage.stage));
}

function commandsOf({ commands, stage }: CompiledStage): Commands {
  if (commands) return commands;
  throw new Refused(
    `the stage file of ${stage} has no commands: add a block with application, publicKey, guild and roles`,
  );
}

async function tokenOf(
  { bot }: Commands,
  aws: { parameter(name: string): Promise<{ value: string } | undefined> },
): Promise<string> {
  if (!bot) throw new Refused('commands.bot is missing: name the parameter that has the token of the bot, ssm:/…');
  const name = bot.replace(/^ssm:/, '');
  const { value = '' } = (await aws.parameter(name)) ?? {};
  if (value.trim()) return value;
  throw new Refused(
    `there is no parameter ${name}: aws ssm put-parameter --type SecureString --name ${name} --value '…'`,
  );
}

/** @source https://docs.discord.com/developers/resources/application#application-object */
interface Application {
  id: string;
  verify_key: string;
  interactions_endpoint_url?: string | null;
}

/** Of another application every signature would be wrong. */
function compare({ id, verify_key: key }: Application, { application, publicKey }: Commands): void {
  if (id !== application)
    throw new Refused(
      `the bot is of application ${id}, and commands.application is ${application}: correct one of them`,
    );
  if (key !== publicKey) throw new Refused(`commands.publicKey is ${publicKey}, and the application's is ${key}`);
}

function told({ added, changed, removed, same, endpoint, isNew }: Done, stage: string): string {
  const line = (what: string, names: string[]) => (names.length > 0 ? [`${what}: ${names.join(', ')}`] : []);
  return [
    ...line('registered', added),
    ...line('changed', changed),
    ...line('removed', removed),
    ...line('as it was', same),
    endpoint
      ? `endpoint${isNew ? ' set' : ''}: ${endpoint}`
      : `endpoint not set: npx sls deploy --stage ${stage}, then say this again`,
    '',
  ].join('\n');
}
