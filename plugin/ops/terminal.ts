import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Terminal } from './command.ts';

/** The terminal that the framework was started in. */
export const terminal: Terminal = {
  // Questions go to stderr, so that the result can be piped.
  isInteractive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
  write: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  question: async (text) => {
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await asking.question(text);
    } finally {
      asking.close();
    }
  },
  clear: () => {
    if (process.stdout.isTTY) process.stdout.write('\x1b[2J\x1b[H');
  },
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
    return true;
  },
};

/** Asks whether to go on. @throws Refused when the answer is no, or when nobody is there to answer */
export async function confirm(terminal: Terminal, question: string): Promise<void> {
  if (!terminal.isInteractive)
    throw new Refused(
      `not done: ${question} Nobody is here to answer, so say --yes; --dry-run says what would be done.`,
    );
  const answer = await terminal.question(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Refused('not done: you did not say yes');
}

/** Shows something again and again, until it is interrupted. An answer that fails once is told, and asked for again. */
export async function watching(terminal: Terminal, everyMs: number, show: () => Promise<string>): Promise<void> {
  do {
    const shown = await show().catch((error: Error) => `${error.message}\n`);
    terminal.clear();
    terminal.write(shown);
  } while (await terminal.sleep(everyMs));
}
