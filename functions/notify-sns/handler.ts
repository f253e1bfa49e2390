import { type Adapter, deliver, delivery } from '../../shared/channels/delivery.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { renderMail, renderSms } from './render.ts';
import { topicOf, toTopic } from './topic.ts';

/** Sends threads as e-mail and text messages; what SNS did not take stays in the queue. */
export function notifySns(batch: Input, effects = { ...delivery, toTopic }): Promise<Output> {
  const sns: Adapter<'email' | 'sms'> = {
    kinds: ['email', 'sms'],
    canEdit: false,
    // SNS takes ten e-mails a second of an account; people take fewer.
    perMinute: 20,
    async show({ name, kind }, message, stage) {
      const text = kind === 'sms' ? { text: renderSms(message, stage) } : renderMail(message, stage);
      await effects.toTopic(topicOf(name, stage), text);
      return undefined;
    },
  };
  return deliver(batch, sns, effects);
}

export const handler = wrap(input, notifySns);
