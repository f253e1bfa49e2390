import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import type { Result } from '../../../shared/watch/result.ts';

/** A service with one check, `front`: three failures open it, two successes close it. */
export function aService(service: Partial<ServiceWorkload> = {}): ServiceWorkload {
  return {
    kind: 'service',
    timezone: 'Asia/Seoul',
    checks: [{ kind: 'http', name: 'front', url: 'https://www.example.com/', withinSeconds: 5, certificateDays: 14 }],
    openAfter: 3,
    closeAfter: 2,
    dependsOn: [],
    offWith: [],
    maintenance: [],
    ...service,
  };
}

export const OK: Result = { outcome: 'ok', ms: 80 };
export const BAD: Result = { outcome: 'failed', ms: 90, problem: 'answers 500' };
export const UNKNOWN: Result = { outcome: 'unknown', problem: 'not asked in time' };
