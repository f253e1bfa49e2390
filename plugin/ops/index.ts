import type { Serverless } from '../framework.ts';
import { emergencyStop, extend, pause, resume, skip, start, stop } from './acts.ts';
import { catchUp, redrive, rerun } from './again.ts';
import type { Command, Options } from './command.ts';
import { cost } from './cost.ts';
import { discord } from './discord.ts';
import { doctor } from './doctor.ts';
import { handsOf } from './hands.ts';
import { logs } from './logs.ts';
import { approve, recover } from './recovery.ts';
import { runs } from './runs.ts';
import { status } from './status.ts';

/** `sls ops <name>`: a command is one line. */
const COMMANDS: Record<string, Command> = {
  status,
  runs,
  start,
  stop,
  extend,
  skip,
  pause,
  resume,
  rerun,
  redrive,
  'catch-up': catchUp,
  recover,
  approve,
  'emergency-stop': emergencyStop,
  logs,
  cost,
  discord,
  doctor,
};

/** As the framework wants to know them. */
export const opsCommand = {
  type: 'container',
  commands: Object.fromEntries(
    Object.entries(COMMANDS).map(([name, { usage, options }]) => [name, { usage, options, lifecycleEvents: ['do'] }]),
  ),
};

export function opsHooks(serverless: Serverless, options: Options): Record<string, () => Promise<void>> {
  return Object.fromEntries(
    Object.entries(COMMANDS).map(([name, command]) => [
      `ops:${name}:do`,
      () => {
        const stage = serverless.service.custom.estate.compiled;
        return command.run({ serverless, options, stage, hands: handsOf(serverless) });
      },
    ]),
  );
}
