/**
 * The headings of the dashboard: the order in which a person looks when something is down. Not among the other words, since
 * no function speaks them.
 */
export const dashboard = {
  title: (stage: string) => `Lamplighter, ${stage}: where to look when something is down`,
  howTo: (status: string, incidents: string) =>
    `From the top down. \`${status}\` says what is up, \`${incidents}\` what is open. Times are those of your browser.`,
  outside: '1. From outside: does it answer?',
  checks: 'Checks every minute',
  checkFailures: 'What the checks said',
  logs: '2. Its logs: what did it say last?',
  errors: 'Errors of the processes and of nginx',
  metrics: '3. Its metrics: what is used up?',
  cpu: 'Processors (%)',
  memory: 'Memory (%)',
  disk: 'Fullest disk (%)',
  swap: 'Swap (%)',
  network: 'Network (bytes)',
  statusCheck: 'Failed status checks',
  processes: 'Processes',
  alarms: '4. Its alarms: since when?',
  notices: '5. The notices: did people hear of it?',
  told: 'Notices, and the age of the oldest that waits (s)',
  lost: 'Notices that were given up',
  recovery: '6. The recovery: what was done?',
  recoveries: 'Recoveries',
  recovered: 'What the recoveries on the machines said',
};
