/** The headings of the dashboard of queues. Not among the other words, since no function speaks them. */
export const queueDashboard = {
  title: (stage: string) => `Lamplighter, ${stage}: queues and their workers`,
  howTo: (status: string, doctor: string) =>
    `From the top down. \`${status}\` says how many workers there are and why, \`${doctor}\` what is wrong with what they need. A gap in a line was not measured: it is not zero. Times are those of your browser.`,
  work: '1. The work: does it get less?',
  backlog: 'Jobs that want a worker',
  oldest: 'How long the oldest has waited (s)',
  throughput: 'Jobs that came and that were done, a minute',
  workers: '2. The workers: are there as many as are wanted?',
  running: 'Workers that run',
  wanted: 'Workers that are wanted',
  failures: '3. The failures: does the work come back?',
  errors: 'Jobs that fail (%)',
  failed: 'Failed jobs that are kept',
  unreadable: 'Minutes in which a queue could not be read',
  host: '4. Its host: is anything used up?',
  memory: 'Memory of Redis (%)',
  cpu: 'Processor of the host (%)',
  alarms: '5. Its alarms: since when?',
  logs: '6. Its logs: what was said last?',
  tending: 'What tending the queues said',
  ofWorkers: 'What the workers said',
};
