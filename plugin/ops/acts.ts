import { type Command, JSON_TOO, type Option, Refused, STAGE_FILE, text, WORKLOAD } from './command.ts';
import { say, tellOrStart } from './say.ts';

/** The words that a person can say to a stage; `override-workload` carries them out and remembers them. */

export const SAID: Record<string, Option> = {
  why: { usage: 'The reason, for whoever wonders later (asked for without it)', type: 'string' },
  by: { usage: 'Who says so (you, as your machine and AWS know you)', type: 'string' },
  'dry-run': { usage: 'Only say what it would do', type: 'boolean' },
  yes: { usage: 'Do not ask, for scripts', type: 'boolean' },
  ...JSON_TOO,
  ...STAGE_FILE,
};
export const ONE: Record<string, Option> = { workload: { usage: 'The workload', type: 'string' } };
const until = (usage: string): Record<string, Option> => ({
  until: { usage: `${usage}: 22:00, 2026-11-02T22:00, or with an offset`, type: 'string' },
});

/** @throws Refused when an option is missing */
export function need(options: Parameters<typeof text>[0], name: string, example: string): void {
  if (!text(options, name)) throw new Refused(`--${name} is missing: write one, such as --${name} ${example}`);
}

export const start: Command = {
  usage: 'Start a workload now',
  options: {
    ...ONE,
    ...until('Keep it until then'),
    parameter: { usage: 'For the job, name=value; as often as needed', type: 'multiple' },
    run: { usage: 'A run of a pipeline that has not been: its date, or 2026-11-03T16:30 (now)', type: 'string' },
    ...SAID,
  },
  async run(context) {
    need(context.options, 'workload', firstOf(context));
    await say('start', context);
  },
};

export const stop: Command = {
  usage: 'Stop a workload now',
  options: { ...ONE, ...until('Start nothing until then'), ...SAID },
  async run(context) {
    need(context.options, 'workload', firstOf(context));
    await say('stop', context);
  },
};

export const extend: Command = {
  usage: 'Keep on what is on, until later',
  options: { ...WORKLOAD, ...until('Keep it until then'), ...SAID },
  async run(context) {
    need(context.options, 'until', '22:00');
    await say('keep', context);
  },
};

export const skip: Command = {
  usage: 'Start nothing today',
  options: { ...WORKLOAD, ...until('Start nothing until then'), ...SAID },
  run: (context) => say('skip', context),
};

export const pause: Command = {
  usage: 'Start nothing until somebody resumes; what is on is still stopped at its time',
  options: { ...WORKLOAD, ...until('Start nothing until then'), ...SAID },
  run: (context) => say('pause', context),
};

export const resume: Command = {
  usage: 'Back to the schedule: ends a pause, a skip, a keep; closes the breaker and the budget’s gate',
  options: { ...WORKLOAD, ...SAID },
  run: (context) => say('resume', context),
};

export const emergencyStop: Command = {
  usage: 'Stop everything that the stage names, and start nothing until somebody resumes',
  options: SAID,
  run: (context) => say('emergency-stop', context, tellOrStart),
};

function firstOf({ stage }: Parameters<Command['run']>[0]): string {
  return Object.keys(stage.workloads)[0] ?? 'name';
}
