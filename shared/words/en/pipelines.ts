import { PIPELINE_REASONS, type PipelineReason } from '../../pipeline/reasons.ts';
import { fill } from '../../reasons.ts';

type Sayings = Record<PipelineReason, (...values: string[]) => string>;

const recorded = Object.fromEntries(
  Object.entries(PIPELINE_REASONS).map(([name, template]) => [name, (...values: string[]) => fill(template, values)]),
) as Sayings;

/** What is said of the runs of pipelines. */
export const pipelines = {
  titles: {
    running: (run: string) => `${run} is running`,
    succeeded: (run: string) => `${run} succeeded`,
    warned: (run: string) => `${run} succeeded: look at it`,
    failed: (run: string) => `${run} failed`,
    'timed-out': (run: string) => `${run} ran out of time`,
    skipped: (run: string) => `${run} was skipped`,
    aborted: (run: string) => `${run} was cut off`,
    stopped: (run: string) => `${run} was stopped`,
    notBegun: (run: string) => `${run} has not begun`,
    slow: (run: string) => `${run} takes long`,
    notChained: (run: string) => `${run} does not start`,
    missed: (workload: string, count: number) => `${workload}: ${count} runs were missed`,
  },
  /** What code of ours recorded: the record is in these words. Durations are told as people do. */
  reasons: {
    ...recorded,
    tookLong: (duration: string, limit: string) => `it took ${duration}, more than ${limit}`,
  } as Sayings,
  took: (duration: string) => `It took ${duration}.`,
  again: (generation: number, who: string) => `Attempt ${generation}, run again by ${who}.`,
  by: (who: string) => `Run by ${who}.`,
  step: (name: string, what: string) => `${name}: ${what}`,
  failedAfter: (duration: string) => `failed after ${duration}`,
  timedOutAfter: (duration: string) => `ran out of time after ${duration}`,
  failed: 'failed',
  timedOut: 'ran out of time',
  tries: (count: number) => `tried ${count} times`,
  notDone: (steps: string) => `Not done: ${steps}.`,
  goesOn: (steps: string, since: string) => `Since ${since}: ${steps} still going on.`,
  nothingGoesOn: (since: string) => `It began at ${since}, and no step is going on.`,
  usualEnd: (limit: string) => `It was to take ${limit} at most.`,
  isCutOffAt: (time: string) => `It is cut off at ${time}.`,
  wasDue: (time: string, minutes: number) => `It was due at ${time}, ${minutes} minutes ago.`,
  noRun: 'There is no run of it: its schedule was not delivered, or what starts it does not work.',
  isStarted: 'It is started now, if nothing and nobody is against it.',
  endFirst: (steps: string) => `End what goes on of ${steps} before it is run again.`,
  startsByItself: (first: string) => `It starts by itself when ${first} is run again and succeeds.`,
  missed: (times: string) => `Missed: ${times}.`,
  notMadeUp: 'None of them is made up for by itself.',
  isMadeUp: (times: string) => `Made up for now: ${times}.`,
  readLog: (command: string) => `Read what it wrote: ${command}`,
  onlyFailed: (command: string) => `When it is mended, what failed and what comes after it: ${command}`,
  whole: (command: string) => `Or all of it: ${command}`,
  catchUp: (command: string) => `Make up for them: ${command}`,
  look: (command: string) => `How it stands: ${command}`,
  digest: {
    numbers: (step: string, numbers: string) => `${step} ${numbers}`,
    usually: (number: string, usual: string) => `${number} (usually ${usual})`,
    slowest: (step: string, duration: string) => `slowest step ${step} (${duration})`,
    failedSteps: (steps: string) => `steps that failed: ${steps}`,
    warnings: (count: number) => `${count} with warnings`,
    checks: {
      weekly: 'By hand each week: the size of the database and of log files, and the memory of its server.',
      monthly: 'By hand each month: the settings of the pipelines, samples of the data, and the backups.',
    },
  },
};
