import { QueueUnreadable } from '../errors.ts';
import { because } from './problems.ts';

/**
 * Gives something so many seconds, and then ends it.
 *
 * @throws QueueUnreadable when it took longer, whether it ends or not
 */
export async function within<Result>(seconds: number, act: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new QueueUnreadable(because('noAnswerWithin', seconds)));
      controller.abort();
    }, seconds * 1000);
  });
  try {
    return await Promise.race([act(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
