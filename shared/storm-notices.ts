import type { Notice } from './notices.ts';
import { localTime } from './slots.ts';
import type { CompiledStage, Severity } from './stage/compiled.ts';
export function stormNotice(
  { perWorkload, severity }: { perWorkload: Record<string, number>; since: number; severity: Severity },
  stage: CompiledStage,
  now: number,
): Notice {
  const count = Object.values(perWorkload).reduce((a, b) => a + b, 0);
  return {
    id: '',
    at: localTime(now, stage.timezone),
    stage: stage.stage,
    workload: 'lamplighter',
    severity,
    title: `${count} notices`,
    lines: [],
    cause: 'storm',
    state: 'open',
  };
}
export function stormOverNotice(
  { count, open }: { count: number; open: number; since: number },
  stage: CompiledStage,
  now: number,
): Notice {
  return {
    id: `storm over ${now}`,
    at: localTime(now, stage.timezone),
    stage: stage.stage,
    workload: 'lamplighter',
    severity: 'success',
    title: `${count} ${open}`,
    lines: [],
    cause: 'storm',
    state: 'resolved',
  };
}
export function testNotice(stage: CompiledStage): Notice {
  return {
    id: 't',
    at: '',
    stage: stage.stage,
    workload: 'lamplighter',
    severity: 'info',
    title: 'test',
    lines: [],
    everywhere: true,
  };
}
