import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { type CommandWords, commandWordsOf } from '../../shared/words/commands.ts';
import type { Output as Status } from '../show-status/contract.ts';
import { ask, type doers, whyNot } from './ask.ts';
import type { Does, Input } from './contract.ts';
import { type Said, sayInstead, type voice } from './reply.ts';
import { runLines } from './run-lines.ts';
import { statusLines } from './status-lines.ts';

type Look = Extract<Does, { what: 'status' | 'runs' }>;
type Effects = typeof doers & typeof voice & { stage: () => CompiledStage };

/** An embed's. @source https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const LENGTH = 4096;
const COLOUR = 0xd9982e;

/** Shows who asked, and nobody else, how things are. */
export async function look(interaction: Input['interaction'], does: Look, effects: Effects): Promise<void> {
  const words = commandWordsOf(effects.stage());
  const seen = await see(does, words, effects).catch(
    (error): Said => ({ content: words.notDone(whyNot(error, words)) }),
  );
  await sayInstead(interaction, seen, effects);
}

async function see(does: Look, words: CommandWords, effects: Effects): Promise<Said> {
  const { workload } = does;
  if (does.what === 'runs') {
    const { runs } = await ask<{ runs: Run[] }>('RUNS', { workload, limit: does.limit }, effects);
    return shown(words.runsOf(does.workload), runLines(runs, words), words);
  }
  const status = await ask<Status>('STATUS', { ...(workload !== undefined && { workload }) }, effects);
  return shown(words.status.title(status.stage), statusLines(status, words), words);
}

/** Whole lines, as many as there is room for. */
function shown(title: string, lines: string[], words: CommandWords): Said {
  const room = LENGTH - words.more(lines.length).length - 1;
  let taken = -1;
  const fitting = lines.findIndex((line) => {
    taken += line.length + 1;
    return taken > room;
  });
  const whole = fitting < 0 ? lines : [...lines.slice(0, fitting), words.more(lines.length - fitting)];
  return { embeds: [{ title, description: whole.join('\n'), color: COLOUR }] };
}
