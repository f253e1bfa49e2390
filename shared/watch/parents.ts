import type { ServiceWorkload } from '../stage/compiled.ts';

/** Everything that it depends on, directly or not. */
export function ancestors(name: string, services: Record<string, ServiceWorkload>): string[] {
  const parents = services[name]?.dependsOn ?? [];
  return [...new Set(parents.flatMap((parent) => [parent, ...ancestors(parent, services)]))];
}

/** Names so that what a service depends on comes before it. */
export function parentsFirst(services: Record<string, ServiceWorkload>): string[] {
  const sorted = new Set<string>();
  const visit = (name: string) => {
    if (sorted.has(name)) return;
    for (const parent of services[name]?.dependsOn ?? []) visit(parent);
    sorted.add(name);
  };
  for (const name of Object.keys(services)) visit(name);
  return [...sorted];
}
