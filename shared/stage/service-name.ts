import type { Check } from './service-checks.ts';

/** What a check is called: its own name, or what it looks at; without a query, which may hold what is nobody's business. */
export function nameOf(check: Check): string {
  if (check.name !== undefined) return check.name;
  if ('tcp' in check) return check.tcp;
  if ('heartbeat' in check) return 'heartbeat';
  const { host, pathname } = new URL(check.url);
  return `${host}${pathname === '/' ? '' : pathname}`;
}
