import type { Act } from '../../consequences/of-unrun.ts';

/** What a person's word would do, said before it is done. `end` is a time as it was written, `when` one of `times`. */
export const consequences = {
  times: {
    until: (end: string) => `until ${end}`,
    today: 'today',
    untilResumed: 'until somebody resumes',
  },
  /** What a word is called once it holds no more. */
  held: { pause: 'paused', skip: 'skipped', keep: 'kept' } as Record<'pause' | 'skip' | 'keep', string>,
  said: (act: string, by: string, why: string) => `it is no longer ${act} (by ${by}: ${why})`,
  stageSaid: (act: string, by: string, why: string) => `the stage is no longer ${act} (by ${by}: ${why})`,
  allowed: (spent: string, limit: string) => `starts are allowed again although ${spent} of ${limit} are spent today`,
  instance: 'its instance',
  stack: 'its stack',
  acts: { start: 'start', stop: 'stop', run: 'run' } as Record<string, string>,
  goesOn: (act: string, run: string) => `a ${act} goes on (${run}), so this may have to wait or be skipped`,
  wouldBeSkipped: (why: string) => `it would be skipped, ${why}`,
  runBegins: 'a run begins now',
  isCreated: (what: string, when: string) => `${what} is created now${when && `, and kept ${when}`}`,
  nothingCutOff: 'no run goes on, so nothing is cut off',
  notOurs: (what: string, now: string) => `; ${what} is ${now}, and no run of ours stops it`,
  isCutOff: (run: string, what: string) => `the run of ${run} is cut off, and ${what} is stopped`,
  isDeleted: (what: string) => `${what} is deleted, unless data would be lost`,
  isAlready: (what: string, now: string) => `${what} is ${now} already`,
  notStopped: (when: string) => `it is not stopped${when && ` ${when}`}`,
  atMostDeadline: ', at most until the deadline of its run',
  nothingStarts: (when: string) => `nothing starts ${when}`,
  theNext: (start: string) => `, the next is ${start}`,
  endsAsPlanned: (run: string, when: string) => `what goes on (${run}) ends as planned, and nothing starts ${when}`,
  noLongerKept: (by: string, why: string) =>
    `it is no longer kept (by ${by}: ${why}), so it stops when nothing else wants it`,
  forgotten: (failures: number) => `${failures} failures in a row are forgotten`,
  stoppedNow: (what: string, now: string) => `${what} (${now}) is stopped now`,
  andCutOff: (run: string) => `, the run of ${run} is cut off`,
  is: (what: string, now: string) => `${what} is ${now}`,
  pipeline: {
    skipped: (run: string) => `the run of ${run} goes on, so this one would be skipped`,
    cutOff: (run: string) =>
      `the run of ${run} is cut off with its commands and tasks; a DAG run, a function or a call goes on`,
    nothingToKeep: 'it leaves nothing on that could be kept',
    cutOffForGood: (run: string) =>
      `the run of ${run} is cut off with its commands and tasks, and none begins; a DAG run, a function or a call goes on`,
    noRun: 'no run begins',
  },
  service: {
    watched: (now: string, what: string, when: string) => `it is watched (${now} now), and ${what} ${when}`,
    notRecovered: 'not recovered',
    notTold: 'neither said to be down nor recovered',
  },
  queue: {
    running: (count: number) => `${count} run now`,
    unknown: 'how many run is not known',
    kept: (when: string, running: string) => `no worker is taken away${when && ` ${when}`} (${running})`,
    held: (when: string, running: string) =>
      `no worker is added ${when}, and jobs wait; those that run end their work (${running})`,
    stopped: (running: string) => `all workers are stopped, each at the end of its jobs (${running}), and jobs wait`,
    refused: 'this is refused: workers follow the queue',
  },
  /** What show-status calls how something is. */
  now: {} as Record<string, string>,
  nothing: 'nothing changes',
  orders: {
    ...{ start: 'start', stop: 'stop', keep: 'extend', skip: 'skip', pause: 'pause', resume: 'resume' },
    'emergency-stop': 'emergency-stop',
  } satisfies Record<Act, string> as Record<Act, string>,
  everything: (stage: string) => `everything of ${stage}`,
};
