import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import { judge } from '../../../shared/watch/judge.ts';
import type { Held, Result } from '../../../shared/watch/result.ts';
import { NOTHING_KNOWN, type WatchState } from '../../../shared/watch/state.ts';
import { aService, BAD, OK, UNKNOWN } from './services.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T00:00:00Z');
const LETTERS: Record<string, Result> = { o: OK, f: BAD, u: UNKNOWN };

interface Course {
  /** Service → one letter a minute: ok, failed, unknown; an m or an x before it is maintenance or off by plan. */
  rows: Record<string, string>;
  services?: Record<string, ServiceWorkload>;
  control?: string;
  /** How long from one to the next. */
  step?: number;
}

/** Judges minute by minute. What was found, by the minute. */
function run({ rows, services = { web: aService() }, control = '', step = MINUTE }: Course) {
  let state: WatchState = NOTHING_KNOWN;
  const said: string[] = [];
  const split = Object.entries(rows).map(([name, row]) => [name, row.match(/[mx]?[ofu]/g) ?? []] as const);
  const minutes = Math.max(control.length, ...split.map(([, row]) => row.length));
  for (let minute = 0; minute < minutes; minute++) {
    const looks = split.map(([name, row]) => {
      const letter = row[minute] ?? 'o';
      const held: Held | undefined = letter[0] === 'm' ? 'maintenance' : letter[0] === 'x' ? 'off' : undefined;
      return [name, { results: { front: LETTERS[letter.slice(-1)] ?? OK }, ...(held && { held }) }];
    });
    const judged = judge(
      state,
      services,
      Object.fromEntries(looks),
      LETTERS[control[minute] ?? 'o'] ?? OK,
      START + minute * step,
    );
    state = judged.state;
    for (const { service, what, ...rest } of judged.findings)
      said.push(
        `${minute} ${service ?? 'control'} ${what}${'because' in rest && rest.because ? ` ${rest.because}` : ''}`,
      );
  }
  return { said, state };
}

describe('a fault of ours', () => {
  test('the control probe does not answer either - nothing opens, and the row goes on when it does', () => {
    expect(run({ rows: { web: 'ffffff' }, control: 'offooo' }).said).toEqual(['4 web opened']);
  });

  test('it fails for longer - said once, and that it is over', () => {
    expect(run({ rows: { web: 'ffffffffoo' }, control: 'fffffoo' }).said).toEqual([
      '2 control blind',
      '6 control sees',
      '7 web opened',
      '9 web closed',
    ]);
  });

  test('nobody could ask it - the same as if it failed', () => {
    expect(run({ rows: { web: 'fff' }, control: 'uuu' }).said).toEqual([]);
  });

  test('for however long - that nobody knows how a service is surprises nobody', () => {
    expect(run({ rows: { web: 'f'.repeat(40) }, control: 'f'.repeat(40) }).said).toEqual(['2 control blind']);
  });

  test('a success while it fails - is one: it came through', () => {
    expect(run({ rows: { web: 'fffoo' }, control: 'oooff' }).said).toEqual(['2 web opened', '4 web closed']);
  });
});

describe('what is planned', () => {
  test('maintenance - nothing opens, what is down stays open and may close', () => {
    expect(run({ rows: { web: 'mfmfmfmfmf' } }).said).toEqual([]);
    expect(run({ rows: { web: 'fffmfmfmomo' } }).said).toEqual(['2 web opened', '6 web closed']);
    expect(run({ rows: { web: 'ffmfff' } }).said).toEqual([]);
  });

  test('off by plan - nothing opens, and what is down is nobody’s concern any more', () => {
    expect(run({ rows: { web: 'xfxfxfxf' } }).said).toEqual([]);
    expect(run({ rows: { web: 'fffxfxf' } }).said).toEqual(['2 web opened', '3 web closed off']);
  });
});

describe('what depends on another', () => {
  const services = { web: aService({ dependsOn: ['db'] }), db: aService() };

  test('the parent goes down - it alone opens, and the child only when it fails afterwards', () => {
    expect(run({ services, rows: { web: 'ffffffffff', db: 'fffffoooo' } }).said).toEqual([
      '2 db opened',
      '6 db closed',
      '8 web opened',
    ]);
  });

  test('the child notices it first - it waits for what the parent will be', () => {
    const quick = { ...services, web: aService({ dependsOn: ['db'], openAfter: 2 }) };
    expect(run({ services: quick, rows: { web: 'fffff', db: 'offff' } }).said).toEqual(['3 db opened']);
    expect(run({ services: quick, rows: { web: 'ffff', db: 'offo' } }).said).toEqual(['3 web opened']);
  });

  test('the parent of its parent - the same', () => {
    const chain = { app: aService({ dependsOn: ['web'] }), ...services };
    expect(run({ services: chain, rows: { app: 'ffff', web: 'ffff', db: 'ffff' } }).said).toEqual(['2 db opened']);
  });

  test('the parent is in maintenance, and does not answer - the child is not opened either', () => {
    expect(run({ services, rows: { web: 'fffff', db: 'mfmfmfmfmf' } }).said).toEqual([]);
    expect(run({ services, rows: { web: 'fff', db: 'momomo' } }).said).toEqual(['2 web opened']);
  });

  test('the parent is well - the child opens', () => {
    expect(run({ services, rows: { web: 'fff', db: 'ooo' } }).said).toEqual(['2 web opened']);
  });
});

describe('what is remembered', () => {
  test('everything is well - nothing but the minute', () => {
    expect(run({ rows: { web: 'offooo' } }).state).toEqual({ at: START + 5 * MINUTE, services: {} });
  });

  test('failures with a long gap between them - are no row', () => {
    expect(run({ rows: { web: 'ffff' }, step: 10 * MINUTE }).said).toEqual([]);
    expect(run({ rows: { web: 'ffff' }, step: 5 * MINUTE }).said).toEqual(['2 web opened']);
  });

  test('the stage file does not name it any more - it is not open for ever', () => {
    const { state } = run({ rows: { web: 'fff' } });
    const { findings, state: after } = judge(state, {}, {}, OK, START + 3 * MINUTE);
    expect(findings).toMatchObject([{ service: 'web', check: 'front', what: 'closed', because: 'unnamed' }]);
    expect(after.services).toEqual({});
  });

  test('a check that nobody asked - is unknown', () => {
    const { findings, state } = judge(NOTHING_KNOWN, { web: aService() }, { web: { results: {} } }, OK, START);
    expect(findings).toEqual([]);
    expect(state.services['web']?.['front']).toMatchObject({ unseen: 1 });
  });
});

describe('a certificate', () => {
  const DAY = 86_400_000;
  const told = (lefts: number[]) => {
    let state: WatchState = NOTHING_KNOWN;
    return lefts.flatMap((left, index) => {
      const now = START + index * DAY;
      const results = { front: { ...OK, certificateEndsAt: now + left * DAY } as Result };
      const judged = judge(state, { web: aService() }, { web: { results } }, OK, now);
      state = judged.state;
      return judged.findings.map((finding) => `${finding.what}${'days' in finding ? ` ${finding.days}` : ''}`);
    });
  };

  test('far from its end - nothing', () => {
    expect(told([90, 15.5])).toEqual([]);
  });

  test('it comes near - said when it is time, again nearer, and not each day', () => {
    expect(told([15, 14.9, 13, 12, 8, 7.5, 7, 3, 2, 1, 0.5, -1])).toEqual([
      'ending 14',
      'ending 7',
      'ending 3',
      'ending 1',
      'ending 0',
    ]);
  });

  test('it is renewed - said', () => {
    expect(told([10, 90, 89])).toEqual(['ending 10', 'renewed']);
  });
});

test('however minutes go - one that is held, blind or below a parent that is down never opens', () => {
  const minute = fc.record({
    web: fc.constantFrom('o', 'f', 'f', 'u'),
    db: fc.constantFrom('o', 'f', 'f'),
    hold: fc.constantFrom('', '', 'm', 'x'),
    control: fc.constantFrom('o', 'o', 'o', 'f'),
  });
  const services = { web: aService({ dependsOn: ['db'] }), db: aService() };
  fc.assert(
    fc.property(fc.array(minute, { maxLength: 60 }), (minutes) => {
      const row = (of: (one: (typeof minutes)[number]) => string) => minutes.map(of).join('');
      const { said } = run({
        services,
        rows: { web: row(({ hold, web }) => hold + web), db: row(({ db }) => db) },
        control: row(({ control }) => control),
      });
      let isDown = false;
      for (const line of said) {
        const [at = '', service, what] = line.split(' ');
        if (service === 'db') isDown = what === 'opened';
        if (what !== 'opened') continue;
        expect(minutes[Number(at)]?.control).toBe('o');
        if (service === 'web') expect([minutes[Number(at)]?.hold, isDown]).toEqual(['', false]);
      }
    }),
  );
});

describe('since when it is up', () => {
  const upSince = (rows: Record<string, string>, services?: Record<string, ServiceWorkload>) =>
    run({ rows, ...(services && { services }) }).state.upSince;

  test('it never went down, or is down - nothing to remember', () => {
    expect(upSince({ web: 'ooo' })).toBeUndefined();
    expect(upSince({ web: 'fffff' })).toBeUndefined();
    expect(upSince({ web: 'fffooofff' })).toBeUndefined();
  });

  test('it came up - since the first success, until it goes down again', () => {
    expect(upSince({ web: 'fffoooo' })).toEqual({ web: START + 3 * MINUTE });
    expect(upSince({ web: 'fffooofffooo' })).toEqual({ web: START + 9 * MINUTE });
    expect(upSince({ web: 'fffooooff' })).toEqual({ web: START + 3 * MINUTE });
  });

  test('it went off by plan while it was down - nobody saw it come up', () => {
    expect(upSince({ web: 'fffxfxf' })).toBeUndefined();
  });

  test('the stage file does not name it any more - forgotten', () => {
    const { state } = run({ rows: { web: 'fffoo' } });
    expect(judge(state, {}, {}, OK, START + 9 * MINUTE).state).not.toHaveProperty('upSince');
  });
});
