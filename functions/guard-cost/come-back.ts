import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { env } from '../../shared/env.ts';

const scheduler = new SchedulerClient({});

/** Before that the guard comes by itself. */
const SOON_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Has the guard come back at the minute at which a limit will be reached, so that it is noticed then and not up to a
 * quarter of an hour later.
 *
 * @param at when it is reached, in milliseconds since the epoch
 */
export async function comeBack(at: number | undefined, now: number, client = scheduler): Promise<void> {
  if (at === undefined || at > now + SOON_MS) return;
  const minute = new Date(Math.ceil(Math.max(at, now + MINUTE_MS / 2) / MINUTE_MS) * MINUTE_MS)
    .toISOString()
    .slice(0, 19);
  try {
    await client.send(
      new CreateScheduleCommand({
        Name: `guard-cost-${minute.replace(/\D/g, '')}`,
        GroupName: env('SCHEDULE_GROUP'),
        ScheduleExpression: `at(${minute})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: env('GUARD_FUNCTION'),
          RoleArn: env('GUARD_SCHEDULE_ROLE'),
          Input: '{}',
          RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 },
        },
      }),
    );
  } catch (error) {
    // It comes back then already.
    if (!(error instanceof Error && error.name === 'ConflictException')) throw error;
  }
}
