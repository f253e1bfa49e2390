/** What an error means to somebody who does not know AWS's names by heart, and what they can do about it. */
export const meanings = {
  noCapacity: 'AWS had no capacity for this type in its zone for half an hour; another type or zone may have.',
  noAgent:
    'The SSM agent on the instance did not come online: is it installed, has the instance its role and a way to Systems Manager?',
  agentSilent: 'The agent on the instance went silent.',
  notAllowed: 'The role may not do this: was the stage deployed after the stage file was changed?',
  nothingDeleted: 'Nothing was deleted.',
  changeSetWaits: 'A change set waits for review: execute it or delete it.',
  stuck: 'CloudFormation cannot go on from this state by itself, and neither does Lamplighter.',
};

/** What a person can do, with the command to run as it stands. */
export const todo = {
  byHand: (command: string) => `By hand: ${command}`,
  again: (command: string) => `Run it again: ${command}`,
  resume: (command: string) => `When it is mended: ${command}`,
  readLog: 'Read the log, which says why.',
  deployAgain: (until: string) => `Holidays are known until ${until}: deploy again, and later ones are known too.`,
};

export const breaker = {
  isOpen: (failures: number, workload: string) =>
    `${failures} failures in a row: nothing starts any more until somebody resumes ${workload}.`,
};

export const units = {
  seconds: (count: number) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
};
