import { firings } from '../cron.ts';
import type { World } from '../world.ts';
import { AwsError } from './errors.ts';

/** A schedule as CreateSchedule and the template describe it. */
export interface Schedule {
  Name: string;
  GroupName: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  ActionAfterCompletion?: 'DELETE' | 'NONE';
  Target: {
    Arn: string;
    RoleArn: string;
    Input?: string;
    DeadLetterConfig?: { Arn: string };
    RetryPolicy?: { MaximumEventAgeInSeconds?: number; MaximumRetryAttempts?: number };
  };
}

const HORIZON_MS = 400 * 24 * 3_600_000;

/** Carries out the target of a schedule. */
export type Deliver = (schedule: Schedule, input: string) => Promise<void>;

/**
 * EventBridge Scheduler: fires within the minute, at least once, and tries again what failed.
 *
 * @source EventBridge Scheduler user guide: 60-second precision, retry policy with exponential backoff,
 * `<aws.scheduler.scheduled-time>` and its like in the input.
 */
export class Scheduler {
  readonly #schedules = new Map<string, Schedule>();
  readonly #world: World;
  readonly #deliver: Deliver;
  readonly #deadLetters: (queueArn: string, body: string) => void;
  readonly #counts = new Map<string, number>();

  constructor(world: World, deliver: Deliver, deadLetters: (queueArn: string, body: string) => void) {
    this.#world = world;
    this.#deliver = deliver;
    this.#deadLetters = deadLetters;
    world.services['scheduler'] = {
      CreateSchedule: (input: Schedule) => {
        if (this.#schedules.has(id(input)))
          throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`);
        this.add(input);
        return { ScheduleArn: arn(input) };
      },
      DeleteSchedule: (input: Schedule) => {
        if (!this.#schedules.delete(id(input)))
          throw new AwsError('ResourceNotFoundException', `Schedule ${input.Name} does not exist.`);
        return {};
      },
    };
  }

  /** How many schedules of a group there are. */
  count(group: string): number {
    return [...this.#schedules.values()].filter(({ GroupName }) => GroupName === group).length;
  }

  add(schedule: Schedule): void {
    this.#schedules.set(id(schedule), schedule);
    const { now } = this.#world.clock;
    // A one-time schedule in the past fires at once; created in its own minute it still fires.
    const isOnce = schedule.ScheduleExpression.startsWith('at(');
    const { ScheduleExpression: expression, ScheduleExpressionTimezone: timezone = 'UTC' } = schedule;
    this.#arm(schedule, firings(expression, timezone, isOnce ? 0 : now, now + HORIZON_MS));
  }

  #arm(schedule: Schedule, instants: Iterator<number, void>): void {
    const { value: next } = instants.next();
    if (next === undefined) return;
    this.#world.clock.at(next, () => {
      if (this.#schedules.get(id(schedule)) !== schedule) return;
      this.#arm(schedule, instants);
      this.#fire(schedule, next);
    });
  }

  #fire(schedule: Schedule, scheduledFor: number): void {
    const input = (schedule.Target.Input ?? '{}')
      .replaceAll('<aws.scheduler.scheduled-time>', new Date(scheduledFor).toISOString().replace('.000', ''))
      .replaceAll('<aws.scheduler.execution-id>', () => this.#world.random.hex(32))
      .replaceAll('<aws.scheduler.schedule-arn>', arn(schedule));
    if (schedule.ActionAfterCompletion === 'DELETE') this.#schedules.delete(id(schedule));
    const delay = Math.round(this.#world.random.between(0, 15_000));
    for (const wait of this.#deliveries(input, delay)) {
      this.#world.clock.at(this.#world.clock.now + wait, () => {
        this.#world.journal.write({ what: 'schedule', name: schedule.Name, scheduledFor });
        void this.#try(schedule, input, 0, this.#world.clock.now);
      });
    }
  }

  /** When the scenario lets a start of a workload come, in milliseconds from now: none when it is lost. */
  #deliveries(input: string, delay: number): number[] {
    const { workload, check } = JSON.parse(input) as { workload?: string; check?: string };
    // What only looks at a workload starts nothing of it.
    if (!workload || check) return [delay];
    const ordinal = (this.#counts.get(workload) ?? 0) + 1;
    this.#counts.set(workload, ordinal);
    const fault = this.#world.faults('delivery').find((candidate) => this.#world.isFor(candidate, workload, ordinal));
    if (!fault) return [delay];
    this.#world.journal.write({ what: 'fault', text: `the schedule of ${workload} is delivered ${fault.delivery}` });
    return { twice: [delay, delay + 1500], late: [fault.by], lost: [] }[fault.delivery];
  }

  async #try(schedule: Schedule, input: string, attempt: number, firstAt: number): Promise<void> {
    const { MaximumEventAgeInSeconds: age = 86_400, MaximumRetryAttempts: attempts = 185 } =
      schedule.Target.RetryPolicy ?? {};
    try {
      await this.#deliver(schedule, input.replaceAll('<aws.scheduler.attempt-number>', String(attempt + 1)));
    } catch (error) {
      const wait = Math.min(2 ** attempt * 5000, 300_000);
      if (attempt >= attempts || this.#world.clock.now + wait > firstAt + age * 1000) {
        this.#world.journal.write({ what: 'lost', event: `schedule ${schedule.Name}`, why: String(error) });
        this.#bury(schedule, input);
        return;
      }
      await this.#world.clock.sleep(wait);
      await this.#try(schedule, input, attempt + 1, firstAt);
    }
  }

  /** What could not be delivered goes to the dead letters, if the schedule's role may put it there. */
  #bury({ Target: { RoleArn, DeadLetterConfig } }: Schedule, input: string): void {
    if (!DeadLetterConfig) return;
    try {
      this.#world.permit(RoleArn, 'sqs', 'SendMessage', { QueueArn: DeadLetterConfig.Arn });
      this.#deadLetters(DeadLetterConfig.Arn, input);
    } catch {
      // Denied, and journalled as denied.
    }
  }
}

function id({ GroupName = 'default', Name }: { GroupName?: string; Name: string }): string {
  return `${GroupName}/${Name}`;
}

function arn(schedule: Schedule): string {
  return `arn:aws:scheduler:::schedule/${id(schedule)}`;
}
