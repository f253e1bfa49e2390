import type { JobQueues } from '../outside/job-queues.ts';
import type { World } from '../world.ts';
import { AwsError } from './errors.ts';
import type { Messages } from './sqs-attributes.ts';

/** What SQS says where the scenario has it refuse. */
const ERRORS: Record<string, [code: string, text: string]> = {
  'wrong-password': ['AccessDenied', 'Access to the resource is denied.'],
  'wrong-type': ['QueueDoesNotExist', 'The specified queue does not exist.'],
};

/** The messages of a queue of the stage, or of its dead letters; undefined where the stage has no queue at an address. @throws AwsError */
export async function messagesAt(world: World, queues: JobQueues, url: string): Promise<Messages | undefined> {
  const found = queues.sqsAt(url);
  if (!found) return undefined;
  const { jobs, isDead, how } = found;
  // Whoever asks waits no longer than for its own deadline.
  if (how === 'hangs' || how === 'mute') await world.clock.sleep(120_000);
  if (how !== undefined) {
    const [code, text] = ERRORS[String(how)] ?? ['ServiceUnavailable', 'Request failed.'];
    throw new AwsError(code, text);
  }
  const { waiting, due, active, delayed, failed } = jobs.counts();
  return isDead ? { waiting: failed, active: 0, delayed: 0 } : { waiting: waiting + due, active, delayed };
}
