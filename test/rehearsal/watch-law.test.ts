import { beforeEach, expect, test } from '@jest/globals';
import type { Entry, Happening } from '../../rehearsal/journal.ts';
import { WatchLaw } from '../../rehearsal/laws/watch.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { aNotice, aStage } from '../shared/builders.ts';
import { aService } from '../shared/watch/services.ts';

// What the law notices of what is watched, each broken on purpose.

/** A Monday, 09:00 in Seoul. */
const START = Date.parse('2026-11-02T00:00:00Z');
let broken: string[];
let law: WatchLaw;
beforeEach(() => {
  broken = [];
  const maintenance = [{ days: ['mon' as const], from: '10:00', to: '11:00' }];
  const heard = aService({ checks: [{ kind: 'heartbeat', name: 'heartbeat', everySeconds: 300 }] });
  law = new WatchLaw(aStage({ services: { web: aService({ maintenance }), heard } }), (number, _, text) =>
    broken.push(`${number}: ${text}`),
  );
});

const happens = (minute: number, happening: Happening) =>
  law.check({ ...happening, at: START + minute * 60_000 } as Entry);
const fails = (minute: number, place: string) => happens(minute, { what: 'unreached', place, how: 'hangs' });
const down = (minute: number, notice: Partial<Notice> = {}) =>
  happens(minute, {
    what: 'notice',
    notice: aNotice({ workload: 'web', kind: 'service', cause: 'check front', state: 'open', ...notice }),
  });

test('what was seen to fail, by sound eyes - kept', () => {
  fails(0, 'control');
  fails(2, 'web front');
  down(2.2);
  expect(broken).toEqual([]);
});

test('the control probe fails too - broken', () => {
  fails(2, 'control');
  fails(2, 'web front');
  down(2.2);
  expect(broken).toEqual(['7: web was said to be down while the control probe fails']);
});

test('in maintenance - broken', () => {
  fails(62, 'web front');
  down(62.2);
  expect(broken).toEqual(['7: web was said to be down in its maintenance']);
});

test('while a person has paused it - broken; after its end, or when it is resumed, kept', () => {
  happens(0, { what: 'person', act: 'pause', workload: 'web', until: START + 5 * 60_000 });
  fails(2, 'web front');
  down(2.2);
  expect(broken.splice(0)).toEqual(['7: web was said to be down while it is paused']);
  fails(6, 'web front');
  down(6.2);
  happens(7, { what: 'person', act: 'pause', workload: 'web' });
  happens(8, { what: 'person', act: 'resume', workload: 'web' });
  fails(9, 'web front');
  down(9.2);
  expect(broken).toEqual([]);
});

test('nothing was seen to fail, or something else, or long ago - broken', () => {
  fails(0, 'web front');
  fails(2, 'web back');
  down(2.2);
  expect(broken).toEqual(['8: web front was said to be down, and nothing was seen to fail']);
});

test('what the stage file does not name - broken', () => {
  down(2, { workload: 'other' });
  expect(broken).toEqual([expect.stringMatching(/^5: other front/)]);
});

test('a heartbeat, a certificate, and that it is over - leave no trace to look at', () => {
  down(2, { workload: 'heard', cause: 'check heartbeat' });
  down(2, { cause: 'certificate front' });
  down(2, { state: 'resolved' });
  expect(broken).toEqual([]);
});
