import type { Rung } from './compiled.ts';
import type { Fault } from './faults.ts';
import type { Service } from './service.ts';

const FITTING: Record<string, Rung[]> = {
  ec2: ['restart', 'reboot', 'stop-start'],
  ecs: ['redeploy'],
  group: ['replace'],
};

/** What in the recovery of one service does not fit its target or itself. */
export function recoverContradictions(path: Fault['path'], { recover, target }: Service): Fault[] {
  if (!recover) return [];
  const here = [...path, 'recover'];
  const kind = Object.keys(target ?? {})[0];
  if (kind === undefined)
    return [
      { path: here, found: 'recover', expected: 'a target beside it', mend: 'write target, or leave recover out' },
    ];
  const fitting = FITTING[kind] ?? [];
  const { restart, rungs, approve } = recover;
  const misfits = (rungs ?? []).flatMap((step, index): Fault[] =>
    fitting.includes(step)
      ? []
      : [
          {
            path: [...here, 'rungs', index],
            found: step,
            expected: `a step for ${kind}`,
            mend: `use ${fitting.join(', ')}`,
          },
        ],
  );
  const unasked = approve.flatMap((step, index): Fault[] =>
    (rungs ?? fitting).includes(step)
      ? []
      : [{ path: [...here, 'approve', index], found: step, expected: 'one of its rungs', mend: 'take it out' }],
  );
  const isNameless = rungs?.includes('restart') && !restart;
  const expected = 'restart: the process that is restarted';
  const mend = 'add restart: { by: pm2, name: api }, or take the step out';
  return [
    ...misfits,
    ...unasked,
    ...(isNameless ? [{ path: here, found: 'rungs with restart', expected, mend }] : []),
    ...(restart?.service !== undefined && restart.by !== 'compose'
      ? [
          {
            path: [...here, 'restart', 'service'],
            found: restart.service,
            expected: 'a service of Compose',
            mend: 'use by: compose, or take it out',
          },
        ]
      : []),
    ...(restart && kind !== 'ec2'
      ? [
          {
            path: [...here, 'restart'],
            found: restart.name,
            expected: 'no process, for this target',
            mend: 'take it out',
          },
        ]
      : []),
  ];
}
