import { describe, expect, test } from '@jest/globals';
import { idOf, incidentOf, meaningOf, type Pressed, rowOf } from '../../../shared/discord/buttons.ts';

const LONGEST = 'a'.repeat(24);

describe('the id of a button', () => {
  test.each<Pressed>([
    { what: 'confirm', command: 'stop', id: '1435000000000000001' },
    { what: 'cancel', command: 'resume', id: '1435000000000000001' },
    { what: 'acknowledge', workload: LONGEST, incident: incidentOf('한글 '.repeat(500)) },
    { what: 'approve', workload: LONGEST, run: '2026-11-02T09:02:33', rung: 'stop-start' },
  ])('$what - is short enough for Discord, and means the same when it comes back', (means) => {
    expect(idOf(means).length).toBeLessThanOrEqual(100);
    expect(meaningOf(idOf(means))).toEqual(means);
  });

  test.each([
    ...['', 'confirm', 'confirm/stop', 'confirm/stop/', 'confirm/delete/7', 'confirm/approve/7', 'confirm/toString/7'],
    ...['approve/web/x', 'acknowledge/web/x/y', 'cancel/stop/7/8', 'approve/web/x/reboot/y', 'delete/nightly/7'],
  ])('%j, which none of ours has - means nothing', (id) => {
    expect(meaningOf(id)).toBeUndefined();
  });
});

test('a button whose id is too long - is left out, so that the message arrives', () => {
  const approve = { what: 'approve', workload: 'web', run: 'x'.repeat(100), rung: 'reboot' } as const;
  const no = { what: 'cancel', command: 'stop', id: '7' } as const;
  expect(rowOf([{ means: approve, label: 'x', style: 'danger' }])).toEqual([]);
  expect(
    rowOf([
      { means: approve, label: 'x', style: 'danger' },
      { means: no, label: 'No', style: 'secondary' },
    ]),
  ).toEqual([{ type: 1, components: [{ type: 2, style: 2, label: 'No', custom_id: 'cancel/stop/7' }] }]);
});
