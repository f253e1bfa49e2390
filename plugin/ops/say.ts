import type { Output } from '../../functions/show-status/contract.ts';
import { type Act, type Consequence, consequencesOf } from '../../shared/consequences/consequences.ts';
import { asError } from '../../shared/errors.ts';
import { consequences as english } from '../../shared/words/en/consequences.ts';
import { NotAnswered } from './ask.ts';
import { asJson, type Context, type Options, Refused, text } from './command.ts';
import { confirm } from './terminal.ts';

/** What is asked of override-workload. */
export interface Word {
  act: Act;
  workload?: string;
  until?: string;
  by: string;
  why: string;
  parameters?: Record<string, string>;
  /** Of a pipeline. */
  run?: string;
}

interface Answer {
  said: string;
}

/** Tells the deployed stage a word of a person: what it would do is said first, and asked where it stops something. */
export async function say(act: Act, context: Context, tell = tellStage): Promise<void> {
  const { options, hands, stage } = context;
  const { terminal } = hands;
  const word = await wordOf(act, context);
  const consequences = await foreseen(word, context);
  const of = `${act === 'keep' ? 'extend' : act} ${word.workload ?? `everything of ${stage.stage}`}`;
  if (options['dry-run']) {
    terminal.write(
      options['json'] ? asJson({ dryRun: true, word, consequences }) : `would ${of}\n${listed(consequences)}`,
    );
    return;
  }
  const isGrave = act === 'emergency-stop' || consequences.some(({ stops }) => stops);
  if (isGrave && !options['yes']) {
    terminal.note(listed(consequences));
    await confirm(terminal, `${of}?`);
  }
  const answer = await tell(word, context);
  terminal.write(options['json'] ? asJson({ word, consequences, ...answer }) : `${answer.said}, by ${word.by}\n`);
}

async function wordOf(act: Act, { options, hands }: Context): Promise<Word> {
  const [workload, until, run] = [text(options, 'workload'), text(options, 'until'), text(options, 'run')];
  const parameters = parametersOf(options);
  const why = await whyOf(act, options, hands);
  return {
    act,
    ...(workload && { workload }),
    ...(until && { until }),
    ...{ by: text(options, 'by') ?? (await hands.who()), why },
    ...(parameters && { parameters }),
    ...(run && { run }),
  };
}

/** Every word has a reason: people read it when they wonder why nothing starts. */
export async function whyOf(act: string, options: Options, { terminal }: Context['hands']): Promise<string> {
  const given = text(options, 'why');
  if (given) return given;
  const answer = terminal.isInteractive && !options['yes'] ? (await terminal.question('Why? ')).trim() : '';
  if (answer) return answer;
  throw new Refused(`--why is missing: say in a few words why you ${act}, for whoever wonders later`);
}

/** @throws NotAnswered; but an emergency stop does not wait for our own functions to work */
async function foreseen(word: Word, { hands }: Context): Promise<Consequence[]> {
  try {
    const { workload } = word;
    const status = await hands.ask<Output>('showStatus', { ...(workload && { workload }) });
    return consequencesOf(word.act, status, word.until, english, workload === undefined);
  } catch (error) {
    if (word.act !== 'emergency-stop') throw error;
    return [{ text: `how things are could not be asked: ${asError(error).message}`, stops: true }];
  }
}

export async function tellStage(word: Word, { hands }: Context): Promise<Answer> {
  return hands.ask<Answer>('overrideWorkload', word);
}

/** When our functions are what is broken, the machine is started without them: it needs none of them. */
export async function tellOrStart(word: Word, context: Context): Promise<Answer> {
  try {
    return await tellStage(word, context);
  } catch (error) {
    if (!(error instanceof NotAnswered) || error.isRefusal) throw error;
    context.hands.terminal.note(`${error.message}\nthe emergency stop is started without it\n`);
    const { by, why } = word;
    return { said: `emergency-stop started: ${await context.hands.startEmergencyStop({ by, why })}` };
  }
}

/** `--parameter name=value`, any number of them. @throws Refused */
function parametersOf(options: Options): Record<string, string> | undefined {
  const given = [options['parameter'] ?? []].flat().map(String);
  if (given.length === 0) return undefined;
  return Object.fromEntries(
    given.map((pair) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new Refused(`--parameter ${JSON.stringify(pair)} cannot be used: expected name=value`);
    }),
  );
}

function listed(consequences: Consequence[]): string {
  return consequences.map(({ text }) => `  ${text}\n`).join('') || '  nothing changes\n';
}
