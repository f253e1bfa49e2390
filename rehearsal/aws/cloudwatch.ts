import { localInstant } from '../cron.ts';
import { type Alarm, type Change, changesOf } from '../scenario/alarms.ts';
import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';
import type { Sns } from './sns.ts';

/** An alarm of the template. */
export interface OwnAlarm {
  id: string;
  name: string;
  description?: string;
  /** ARNs of topics, by the state that they are told of. */
  actions: Record<string, string[]>;
}

/**
 * CloudWatch's alarms, as far as people hear of them: the scenario says when they change their states, or what is measured.
 *
 * @source CloudWatch user guide, "Notifying users on alarm changes": the JSON that goes to SNS; "Alarm events and EventBridge":
 * the detail of the event, which every change sends, whatever its actions are
 */
export class CloudWatch {
  readonly alarms: OwnAlarm[] = [];
  /** Whether a mute rule keeps an alarm from doing anything. */
  isMuted: (alarm: string, now: number) => boolean = () => false;
  readonly #world: World;
  readonly #sns: Sns;
  readonly #mayPublish: (topic: string) => boolean;
  readonly #emit: (detail: object) => void;

  /**
   * @param mayPublish whether the policy of a topic lets CloudWatch publish to it
   * @param emit takes the detail of an event to EventBridge
   */
  constructor(
    world: World,
    sns: Sns,
    mayPublish: (topic: string) => boolean,
    emit: (detail: object) => void = () => undefined,
  ) {
    this.#world = world;
    this.#sns = sns;
    this.#mayPublish = mayPublish;
    this.#emit = emit;
  }

  /** Lets an alarm of the scenario come. One change arms the next: a storm would be too many timers. */
  expect(alarm: Alarm): void {
    const start = localInstant(alarm.at, this.#world.stage.timezone);
    const changes = changesOf(alarm);
    const arm = (): void => {
      const { value: change, done } = changes.next();
      if (done) return;
      this.#world.clock.at(start + change.after, () => {
        this.change(change, alarm);
        arm();
      });
    };
    arm();
  }

  /** Lets an alarm change its state. */
  change(
    { name, state, old }: Change,
    { reason = reasonOf(state), description }: Pick<Alarm, 'reason' | 'description'>,
  ): void {
    const own = this.alarms.find((one) => one.name === name || one.id === name);
    const topics = own ? (own.actions[state] ?? []) : this.#noticesTopic();
    const region = this.#world.stage.region;
    const AlarmName = own?.name ?? name;
    const message = {
      AlarmName,
      AlarmDescription: description ?? own?.description ?? null,
      AWSAccountId: ACCOUNT,
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: new Date(this.#world.clock.now).toISOString().replace('Z', '+0000'),
      Region: region,
      AlarmArn: `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${AlarmName}`,
      OldStateValue: old,
      Trigger: { MetricName: 'CPUUtilization', Namespace: 'AWS/EC2', Statistic: 'AVERAGE', Period: 60, Threshold: 80 },
    };
    this.#emit({
      alarmName: AlarmName,
      configuration: { description: message.AlarmDescription, metrics: [] },
      previousState: { value: old },
      state: { value: state, reason, timestamp: message.StateChangeTime },
    });
    if (this.isMuted(AlarmName, this.#world.clock.now)) return;
    const Subject = `${state}: "${AlarmName}" in ${region}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
    for (const TopicArn of topics)
      if (this.#mayPublish(TopicArn)) this.#sns.publish({ TopicArn, Subject, Message: JSON.stringify(message) });
  }

  /** Alarms that are not the template's own are the owner's, who sends them to the stage's topic. */
  #noticesTopic(): string[] {
    return [...this.#sns.topics].filter((arn) => arn.endsWith(`:lamplighter-${this.#world.stage.stage}-notices`));
  }
}

function reasonOf(state: string): string {
  const crossed = state === 'ALARM' ? 'was greater than' : 'was not greater than';
  return state === 'INSUFFICIENT_DATA'
    ? 'Insufficient Data: 1 datapoint was unknown.'
    : `Threshold Crossed: 1 datapoint ${crossed} the threshold (80.0).`;
}
