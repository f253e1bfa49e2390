// A machine that has never run the tests knows no times, and jest begins with the largest files. Those that take longest
// are mostly small: begun last, they would keep one processor busy while the other has nothing left to do.
import { existsSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** By the seconds that they take, most first. */
const SLOWEST = [
  ...['rehearsal/permissions', 'emulator/operations', 'rehearsal/environment', 'rehearsal/pipelines', 'template'],
  ...['channels/contract', 'emulator/deploy', 'rehearsal/shipped', 'rehearsal/emergency', 'agent/recover/pm2'],
  ...['rehearsal/chance', 'emulator/emergency', 'rehearsal/environment-aborted', 'rehearsal/delivery', 'plugin/local'],
  ...['rehearsal/forty', 'rehearsal/services', 'rehearsal/aborted', 'agent/agent', 'emulator/environment'],
  ...[
    'rehearsal/faults',
    'rehearsal/month',
    'channels/limits',
    'channels/sns',
    'agent/recover/recover',
    'rehearsal/bill',
  ],
  ...['web/status/status-page', 'web/gate/gate', 'web/rehearsal/rehearsal-page'],
  ...['rehearsal/queues', 'agent/worker/worker', 'rehearsal/throttled', 'rehearsal/digest', 'rehearsal/recovery'],
  ...['stage/schema', 'scripts/queue-scaling', 'rehearsal/environment-berlin', 'rehearsal/render', 'stage/examples'],
  ...['rehearsal/daylight-saving', 'rehearsal/environment-laws', 'rehearsal/calendar', 'rehearsal/people'],
  ...['rehearsal/alarms', 'rehearsal/channels', 'stage/holidays', 'bundling/functions', 'rehearsal/queues-emergency'],
].map((name) => `test/${name}.test.ts`);

const gone = SLOWEST.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)));
if (gone.length > 0) throw new Error(`test/slowest-first.js names ${gone.join(', ')}, which is not there: take it out`);

export default class SlowestFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const places = new Map(SLOWEST.map((file, place) => [file, place]));
    const placeOf = ({ path }) => places.get(path.slice(path.lastIndexOf('/test/') + 1)) ?? SLOWEST.length;
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
