import { fill } from '../../reasons.ts';
import { RECOVERY_REASONS, type RecoveryReason } from '../../recovery/reasons.ts';

const recorded = Object.fromEntries(
  Object.entries(RECOVERY_REASONS).map(([name, template]) => [name, (...values: string[]) => fill(template, values)]),
) as Record<RecoveryReason, (...values: string[]) => string>;

/** What is said of how a service is recovered. */
export const recovery = {
  /** A step as a thing, and as something that may be done. */
  rungs: {
    restart: 'restart of its process',
    reboot: 'reboot of its instance',
    'stop-start': 'stop and start of its instance',
    redeploy: 'new deployment',
    replace: 'replacement of its instance',
  },
  titles: {
    succeeded: (name: string) => `${name} was recovered`,
    failed: (name: string) => `${name} needs a person`,
    held: (name: string) => `Recovery of ${name} ended`,
    skipped: (name: string) => `${name} is not recovered`,
    aborted: (name: string) => `Recovery of ${name} was cut off`,
    notAdmitted: (name: string) => `Recovery of ${name} could not begin`,
    asks: (name: string) => `${name} waits for your word`,
    address: (name: string) => `${name} gets another address`,
  },
  /** What code of ours recorded: the record is in these words. */
  reasons: recorded,
  askedFor: { checks: 'It was down from outside.', alarm: (alarm: string) => `An alarm asked for it: ${alarm}.` },
  askedBy: (who: string, why: string) => `${who} asked for it: ${why}.`,
  recoveredBy: (rung: string, duration: string) => `It answers again: ${rung}, ${duration} after it opened.`,
  step: (time: string, rung: string, result: string, duration: string) => `${time} ${rung}: ${result}, ${duration}.`,
  goesOn: (time: string, rung: string) => `${time} ${rung}: what came of it is not known.`,
  results: {
    helped: 'it helped',
    'did not help': 'it did not help',
    healthy: 'the process answers on its machine, so it is not what is at fault',
    absent: 'there is no such process on the machine',
    unavailable: 'what keeps the process running is not on the machine',
    invalid: 'the machine does not take what the stage file says',
    silent: 'the machine said nothing',
  },
  logs: (where: string) => `Logs of before: ${where}`,
  isOff: (instance: string) => `Instance ${instance} was stopped and is off.`,
  startsIt: 'The sweeper starts it every ten minutes.',
  nothingDone: 'Nothing was done to it.',
  look: 'Look at it in this order: from outside, its logs, its metrics, its alarms, then by hand.',
  again: (command: string) => `Once more, when it is mended: ${command}`,
  start: (command: string) => `Start it: ${command}`,
  mayIt: (rung: string) => `What comes next needs a person: ${rung}.`,
  approve: (command: string, time: string) => `If it may, until ${time}: ${command}`,
  otherwise: 'Without a word nothing is done, and a person is needed.',
  changes: (address: string) =>
    `It has no Elastic IP: its public address, now ${address}, changes with the stop and start.`,
  pointThere: 'Whatever names the address has to be pointed to the new one: DNS, allowlists, monitors.',
  links: { server: 'Logs of the server', dashboard: 'Metrics and alarms', recovery: 'Recovery' },
};
