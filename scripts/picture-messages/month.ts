import type { MonthPicture } from '../../shared/notices/notice.ts';

/** Three weeks of November as `stages/dev.yml` has them: a batch every day, an environment on working days. */
export function month(): MonthPicture {
  const days = Array.from({ length: 21 }, (_, index) => {
    const date = new Date(Date.UTC(2026, 10, index + 1));
    const isWorked = date.getUTCDay() % 6 !== 0;
    // What jobs take differs from day to day; one evening somebody kept the environment.
    const batch = 2.2 + ((index * 7) % 5) * 0.15;
    const environment = isWorked ? (index === 11 ? 13.2 : 9.3) : 0;
    return {
      day: date.toISOString().slice(0, 10),
      workloads: {
        makenaide: { hours: batch, usd: batch * 0.052 + 0.09 },
        'chat-app': { hours: environment, usd: environment * 0.241 },
      },
    };
  });
  return { month: '2026-11', limit: 5, days };
}
