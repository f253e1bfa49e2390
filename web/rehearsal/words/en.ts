import type { RehearsalWords } from '../words.ts';

const s = (count: number) => (count === 1 ? '' : 's');

export const en: RehearsalWords = {
  title: (stage) => `Rehearsal of ${stage}`,
  rehearsed: (days, seconds, seed) => `${days} day${s(days)} rehearsed in ${seconds} s · seed ${seed}`,
  verdict: {
    kept: 'No law was broken',
    broken: (count) => `${count} violation${s(count)} of the laws`,
    law: (law) => `Law ${law} broken`,
  },
  figures: { cost: 'Spent', runs: 'Runs', notices: 'Notices', control: 'Lamplighter itself' },
  instead: (usd) => `instead of ${usd}`,
  saved: (percent) => `${percent} % saved`,
  aMonth: 'a month',
  ofThemFailed: (count) => (count === 0 ? 'none failed' : `${count} failed`),
  ofThemLoud: (count) => (count === 0 ? 'all routine' : `${count} to be read`),
  ofThemDown: (hours) => `down for ${hours} h in all`,
  sections: {
    ...{ timeline: 'What happened', violations: 'Laws that were broken', days: 'By days', services: 'Incidents' },
    ...{ pipelines: 'Pipelines', queues: 'Queues', notices: 'Notices', workloads: 'Workloads' },
    control: 'What Lamplighter itself takes',
  },
  howToGo: 'Timeline: + and − zoom, 0 shows all, the arrow keys scroll and go from one to the next',
  hint: 'Open a mark to see its states and notices. Keys: + − 0 zoom, arrows go along.',
  zoom: { nearer: 'Nearer', farther: 'Farther', all: 'All', week: 'Week', day: 'Day', hours: '3 h' },
  lanes: { violations: 'Violations', faults: 'Faults', loud: 'Warnings' },
  laneOf: (name, count) => `${name}: ${count} to go along`,
  kinds: { batch: 'batch', environment: 'environment', service: 'service', queue: 'queue', pipeline: 'pipeline' },
  lit: 'on',
  tones: {
    ...{ well: 'succeeded', off: 'skipped', going: 'running', bad: 'failed, down, critical' },
    ...{ warn: 'fault', notice: 'warning' },
  },
  statuses: {
    ...{ succeeded: 'succeeded', failed: 'failed', 'timed-out': 'timed out', skipped: 'skipped', aborted: 'aborted' },
    ...{ running: 'running', 'passed-over': 'passed over' },
  },
  severities: { info: 'info', success: 'success', warning: 'warning', critical: 'critical' },
  acts: { start: 'start', stop: 'stop' },
  starters: {
    ...{ schedule: 'schedule', sweeper: 'the sweeper', checks: 'the checks', alarm: 'an alarm' },
    ...{ 'catch-up': 'catching up', 'guard-cost': 'the guard of the spending' },
  },
  incidents: {
    ...{ crash: 'crash', hang: 'hang', 'slow-death': 'slow death', 'disk-full': 'disk full', zone: 'zone' },
    ...{ 'status-check': 'status check', flapping: 'flapping', certificate: 'certificate', network: 'own network' },
  },
  rungs: {
    ...{ restart: 'restart', reboot: 'reboot', 'stop-start': 'stop and start', redeploy: 'redeploy' },
    replace: 'replace',
  },
  helpers: {
    ...{ restart: 'restart', reboot: 'reboot', 'stop-start': 'stop and start', redeploy: 'redeploy' },
    ...{ replace: 'replace', 'a person': 'a person', itself: 'itself' },
  },
  queue: {
    ...{ backlog: 'backlog', workers: 'workers wanted', unmeasured: 'not measured' },
    most: (backlog, workers) => `backlog up to ${backlog}, workers up to ${workers}`,
  },
  sheet: {
    ...{ close: 'Close', before: 'The one before', next: 'The next one', scheduledFor: 'for', by: 'by' },
    ...{ started: 'began', took: 'took', job: 'job', exitCode: 'exit code', on: 'instance on', why: 'because of' },
    ...{ states: 'States', steps: 'Steps', did: 'What was done', notices: 'Notices', meanwhile: 'At that time' },
    ...{ history: 'What led to it', wasDown: 'down for', noticed: 'people told', helped: 'helped' },
    ...{ byPinger: 'with a pinger', generation: 'begun so often', lasted: 'up again', warnings: 'Warnings' },
  },
  recovery: 'recovery began',
  fault: 'Fault',
  tries: (count) => `asked ${count} times`,
  notLeft: 'never left',
  notices: {
    ...{ did: 'Done about it', todo: 'To do', undelivered: 'Given up', of: 'of', none: 'Nobody was told of anything.' },
    all: (count) => `All ${count}`,
    loud: (count) => `${count} to be read`,
  },
  table: { asTable: 'As a table', day: 'Day', of: (what) => `${what}: table` },
  plots: {
    ...{ spend: 'Spend a day', hours: 'Hours on a day', workers: 'Worker hours a day', alwaysOn: 'always on' },
    ...{ guard: 'The guard of the spending, by days of UTC', reckoned: 'reckoned', billed: 'billed' },
  },
  workloads: {
    ...{ name: 'workload', runs: 'runs', hours: 'hours on', alwaysOn: 'always on', actual: 'as rehearsed' },
    ...{ saved: 'saved', parts: 'parts', each: 'count', price: 'an hour' },
  },
  services: {
    ...{ incident: 'incident', since: 'down since', noticed: 'told after', helped: 'helped', down: 'down for' },
    ...{ pingerNoticed: 'pinger: told after', pingerDown: 'pinger: down for', never: 'never', before: 'before' },
    total: (noticed, of, toNotice, down, hours) =>
      `${noticed} of ${of} told, half of them within ${toNotice}; down for ${down} in the middle, ${hours} h in all`,
    with: (what) => `A ${what} alone`,
  },
  pipelines: {
    ...{ step: 'step', needs: 'needs', succeeded: 'succeeded', failed: 'failed', passedOver: 'passed over' },
    ...{ tries: 'tried again', half: 'half within', longest: 'longest', counted: 'counted' },
    after: (name) => `after ${name}`,
    perRun: (half, longest) => `half of the runs within ${half}, the longest ${longest}`,
  },
  queues: {
    ...{ queue: 'queue', jobs: 'jobs', done: 'done', failed: 'failed', left: 'left', half: 'half waited' },
    ...{ p95: '95 % waited', most: 'longest wait', workers: 'workers', hours: 'hours', cost: 'cost', saved: 'saved' },
    burst: (jobs, at, begun, empty) =>
      `${jobs} jobs at once, ${at}: all begun after ${begun}, none left after ${empty}`,
    never: 'never',
    lost: (repeated, lost) => `${repeated} jobs were begun again and ${lost} lost, since their workers were killed`,
    unmeasured: (minutes) => `not measured in ${minutes} minutes`,
  },
  control: {
    ...{ item: 'item', month: 'a month', calls: 'API calls', operation: 'operation', count: 'how often' },
    ...{ channel: 'channel', posted: 'posted', edited: 'edited', refused: 'refused' },
    sum: (cost, invocations, transitions) =>
      `${cost} a month at list price, no free tier; ${invocations} invocations, ${transitions} state transitions.`,
  },
  foot: (zone) => `Times are those of ${zone}. Made by sls rehearse; nothing on this page comes from elsewhere.`,
};
