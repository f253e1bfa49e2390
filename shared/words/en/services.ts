/** What is said of what is watched from outside. */
export const services = {
  down: (name: string) => `${name} is down`,
  found: (check: string, problem: string) => `${check}: ${problem}.`,
  failingSince: (count: number, time: string) => `It has failed ${count} times in a row, since ${time}.`,
  nothingRecovers: 'It is looked at every minute, and told when it is up again. Nothing is done by itself.',
  recovers: (steps: string) => `It is recovered by itself where that is allowed: ${steps}.`,
  rungs: {
    restart: 'restart',
    reboot: 'reboot',
    'stop-start': 'stop and start',
    redeploy: 'new deployment',
    replace: 'replacement',
  },
  look: 'Look at it in this order: from outside, its logs, its metrics, its alarms.',
  up: (name: string) => `${name} is up again`,
  wasDown: (check: string, duration: string, from: string, to: string) =>
    `${check} answers as it should. It was down for ${duration}, from ${from} to ${to}.`,
  off: (name: string) => `${name} is off by plan`,
  isOff: (check: string, duration: string) =>
    `${check} was down for ${duration}, and what it is on is off by plan now: that it does not answer is no news.`,
  unnamed: (name: string) => `${name} is not watched any more`,
  isUnnamed: (check: string) => `The stage file does not name ${check} any more. Whether it is up again is not known.`,
  ending: (name: string, days: number) => `${name}: certificate ends in ${days} days`,
  endsAt: (check: string, date: string) =>
    `The certificate of ${check} ends on ${date}. From then on it does not answer.`,
  renew: 'Renew it, or look at why it was not renewed by itself.',
  renewed: (name: string) => `${name}: certificate renewed`,
  isRenewed: (check: string) => `The certificate of ${check} ends late enough again.`,
  unseen: (name: string) => `Nobody can say how ${name} is`,
  isUnseen: (check: string, problem: string, minutes: number) =>
    `${check}: ${problem}. It has been so for ${minutes} minutes, in which it counts neither as up nor as down.`,
  mendUnseen: 'See why in the log of check-health; a heartbeat has to be sent by the server.',
  seen: (name: string) => `${name} can be seen again`,
  isSeen: (check: string) => `It is known again how ${check} is.`,
  blind: 'The control probe does not answer',
  isBlind: (address: string, problem: string) => `${address}: ${problem}.`,
  blindMeans: 'The fault may be ours: until it answers nothing is held to be down and nothing is recovered.',
  mendBlind: 'If it is well, look at the network of AWS; if it is gone for good, name another one as control.',
  sees: 'The control probe answers again',
  isSeeing: (address: string) => `${address} answers: what fails is held to be down again.`,
  digest: {
    titles: {
      daily: (services: number, downtimes: number) => `Daily digest: ${services} services, ${downtimes} downtimes`,
      weekly: (services: number, downtimes: number) => `Weekly digest: ${services} services, ${downtimes} downtimes`,
      monthly: (services: number, downtimes: number) => `Monthly digest: ${services} services, ${downtimes} downtimes`,
    },
    service: (name: string, how: string) => `${name}: ${how}`,
    up: (percent: string) => `up ${percent} %`,
    unwatched: 'not watched',
    down: (count: number, duration: string, longest: string) =>
      `${count} downtimes, ${duration} in all, the longest ${longest}`,
    helped: (count: number) => `${count} recovered`,
    left: (count: number) => `${count} left to a person`,
  },
  check: 'What is checked',
  instance: 'Instance',
  log: 'Log of the checks',
};
