/** What is said of an emergency stop, and of people who say contrary things. */
export const emergency = {
  begins: 'Emergency stop: everything is being stopped',
  off: 'Emergency stop: everything is off',
  going: 'Emergency stop: not everything is off yet',
  left: (count: number) => `Emergency stop: ${count} not stopped`,
  resumed: 'Emergency stop is over: resumed',
  by: (who: string, why: string) => `By ${who}: ${why}`,
  isStopping: (workloads: number) => `Nothing starts any more. Workloads that are being stopped: ${workloads}.`,
  isStopped: (what: string) => `Stopped: ${what}`,
  wasOff: (what: string) => `Was off: ${what}`,
  isGoing: (what: string) => `Still being deleted: ${what}`,
  isFinishing: (what: string) => `Its workers end their jobs: ${what}`,
  isMissing: (what: string) => `Does not exist: ${what}`,
  isLeft: (what: string, why: string) => `Not stopped: ${what}${why && `: ${why}`}`,
  notListed: (why: string) => `Whether runs go on could not be seen: ${why}`,
  gateClosed: 'Nothing starts until somebody resumes.',
  gateOpen: (why: string) => `Starts could not be forbidden, so the schedule goes on: ${why}`,
  closeGate: (command: string) => `Forbid starts: ${command}`,
  startsAgain: 'Everything starts again by its schedule. What was stopped is not started before.',
};

export const contrary = {
  title: (workload: string) => `Contrary orders: ${workload}`,
  won: (who: string, act: string, why: string) => `Done: ${act} by ${who}: ${why}`,
  lost: (who: string, act: string, why: string) => `Not done: ${act} by ${who}: ${why}`,
  talk: 'Talk to each other. Whoever says it once more is heard.',
  stage: 'the stage',
};
