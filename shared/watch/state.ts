import { CALM, isCalm, type Streak } from './streak.ts';

/** What is remembered from minute to minute of a whole stage; what is calm is not in it. */
export interface WatchState {
  /** The minute that was judged last, in milliseconds since the epoch. */
  at?: number;
  /** The last hour of UTC that was summed up, `2026-11-02T02`. */
  summed?: string;
  /** Of the control probe. */
  control?: Streak;
  /** Service → check → what is remembered of it. */
  services: Record<string, Record<string, Streak>>;
  /** Service → when it came up last, in milliseconds since the epoch; of those that are up. */
  upSince?: Record<string, number>;
}

export const NOTHING_KNOWN: WatchState = { services: {} };

export function streakOf({ services }: WatchState, service: string, check: string): Streak {
  return (Object.hasOwn(services, service) ? services[service]?.[check] : undefined) ?? CALM;
}

/** Whether any check of a service is down. */
export function isDown({ services }: WatchState, service: string): boolean {
  return streaksOf(services, service).some(({ down }) => down !== undefined);
}

/** Whether any of them has begun to fail. */
export function isSuspect({ services }: WatchState, service: string): boolean {
  return streaksOf(services, service).some(({ failures }) => failures > 0);
}

/** Without what is calm, so that it stays small however much is watched. */
export function withoutCalm(services: WatchState['services']): WatchState['services'] {
  return Object.fromEntries(
    Object.entries(services).flatMap(([service, checks]) => {
      const rest = Object.entries(checks).filter(([, streak]) => !isCalm(streak));
      return rest.length > 0 ? [[service, Object.fromEntries(rest)]] : [];
    }),
  );
}

function streaksOf(services: WatchState['services'], service: string): Streak[] {
  return Object.hasOwn(services, service) ? Object.values(services[service] ?? {}) : [];
}

/** After a gap: failures before it and after it are no row. */
export function withoutRows({ control, ...state }: WatchState): WatchState {
  const checks = Object.entries(state.services).map(([service, known]) => [
    service,
    Object.fromEntries(Object.entries(known).map(([check, streak]) => [check, withoutRow(streak)])),
  ]);
  return { ...state, ...(control && { control: withoutRow(control) }), services: Object.fromEntries(checks) };
}

function withoutRow({ failingSince: _, ...streak }: Streak): Streak {
  return { ...streak, failures: 0 };
}
