import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { picture } from '../../rehearsal/picture.ts';
import { render } from '../../rehearsal/render.ts';
import { act } from './stage.ts';

const first = { from: '2026-11-02', days: 1 };

test('a day with a failure - its row, the table, what people would read, and the verdict', async () => {
  const report = await act({ says: 'One job fails.', faults: [{ job: 'fails', runs: [2] }] }, first);
  const text = stripVTControlCharacters(render(report));
  const row = text.split('\n').find((line) => line.includes('Mon 11-02')) ?? '';
  const cells = row.slice('  Mon 11-02  '.length);
  expect(cells).toHaveLength(48);
  expect([cells[4], cells[18], cells[30]]).toEqual(['█', 'F', '█']);
  expect(text).toContain('One job fails. Seed 1.');
  expect(text).toContain('5 succeeded, 1 failed');
  expect(text).toMatch(/warning {2}.*makenaide 09:00 failed: JobFailed/);
  expect(text).toContain('0 violations of the laws');
});

test('the night that has an hour twice - a run that ends before it began is drawn', async () => {
  const report = await act({}, { stage: 'variants', from: '2026-11-01', days: 1 });
  const text = stripVTControlCharacters(render(report));
  const autumn = text.slice(text.indexOf('autumn'), text.indexOf('boot'));
  expect(
    autumn
      .split('\n')
      .find((line) => line.includes('Sun 11-01'))
      ?.slice(13)[3],
  ).toBe('█');
});

test('a violation - printed with the history that led to it', async () => {
  const report = await act({}, first);
  const text = stripVTControlCharacters(
    render({
      ...report,
      violations: [
        { law: 1, at: '2026-11-02T04:00:00+09:00', text: 'still on', history: ['it began so', 'and went so'] },
      ],
    }),
  );
  expect(text).toContain('1 violation of the laws');
  expect(text).toContain('Law 1 broken at 2026-11-02T04:00:00+09:00: still on');
  expect(text).toContain('    it began so\n    and went so');
});

test('a picture - one well-formed file, a bar for each run, texts escaped', async () => {
  const report = await act({ says: 'a < b & "c"', faults: [{ job: 'fails', runs: [2] }] }, first);
  const svg = picture(report);
  expect(svg.startsWith('<svg xmlns=')).toBe(true);
  expect(svg).toContain('a &lt; b &amp; "c"');
  expect(svg.match(/<rect [^>]*><title>2026-11-02T/g)).toHaveLength(6);
  expect(svg).not.toMatch(/(src|href)=/);
});

test('a run that was made up for a day later - drawn where it ran, not for as long as it was missed', async () => {
  const report = await act({}, { ...first, days: 2 });
  const [run] = report.workloads['makenaide']?.runs ?? [];
  if (!run) throw new Error('it has no run');
  const madeUp = {
    ...{ ...run, scheduledFor: '2026-11-02T09:00:00+09:00' },
    ...{ startedAt: '2026-11-03T10:00:00+09:00', endedAt: '2026-11-03T10:20:00+09:00' },
  };
  const workloads = {
    makenaide: { ...report.workloads['makenaide'], kind: 'batch', runs: [madeUp], onHours: 1, cost: {} },
  };
  const rows = stripVTControlCharacters(render({ ...report, workloads })).split('\n');
  const drawn = ['Mon 11-02', 'Tue 11-03'].map((day) => [...(rows.find((row) => row.includes(day)) ?? '').slice(13)]);
  expect(drawn.map((row) => row.flatMap((cell, index) => (cell === '█' ? [index] : [])))).toEqual([[], [20]]);
});
