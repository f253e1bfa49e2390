import { loadEstate } from '../../../resources/estate.ts';
import { queues } from '../../../resources/queues.ts';

export type Resource = { Type: string; DependsOn?: unknown; Properties: Record<string, unknown> };
export type Resources = Record<string, Resource>;

export const HYBRID = loadEstate('dev', 'examples/hybrid-queue-scaling.yml');
export const FIXTURE = loadEstate('dev', 'test/fixtures/queues.yml');
export const hybrid = queues(HYBRID) as Resources;
export const fixture = queues(FIXTURE) as Resources;

export function ofType(resources: Resources, type: string): Resource[] {
  return Object.values(resources).filter(({ Type }) => Type === type);
}
