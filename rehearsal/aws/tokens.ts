import type { Service } from '../world.ts';
import { AwsError } from './errors.ts';

interface Token {
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
  beat: () => void;
}

/**
 * Tasks that wait until somebody answers by their token.
 *
 * @source Step Functions developer guide, "Wait for a callback with task token"
 */
export class TaskTokens {
  readonly #waiting = new Map<string, Token>();

  /** The calls that answer. */
  operations(): Service {
    return {
      SendTaskSuccess: ({ taskToken, output }: { taskToken: string; output: string }) =>
        this.#answer(taskToken, (token) => token.resolve(JSON.parse(output))),
      SendTaskFailure: ({ taskToken, error, cause }: { taskToken: string; error: string; cause: string }) =>
        this.#answer(taskToken, (token) => token.reject(Object.assign(new Error(cause), { name: error }))),
      SendTaskHeartbeat: ({ taskToken }: { taskToken: string }) => this.#answer(taskToken, (token) => token.beat()),
    };
  }

  /**
   * Waits for the answer.
   *
   * @param seconds how long it may be without a heartbeat; for ever without it
   * @param send hands the token to whoever answers
   */
  wait(token: string, seconds: number | undefined, send: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(token);
        act();
      };
      const silent = () =>
        settle(() => reject(Object.assign(new Error('no heartbeat'), { name: 'States.HeartbeatTimeout' })));
      const beat = () => {
        clearTimeout(timer);
        if (seconds) timer = setTimeout(silent, seconds * 1000);
      };
      this.#waiting.set(token, {
        beat,
        resolve: (output) => settle(() => resolve(output)),
        reject: (error) => settle(() => reject(error)),
      });
      beat();
      send().catch((error: Error) => settle(() => reject(error)));
    });
  }

  #answer(token: string, act: (waiting: Token) => void): object {
    const waiting = this.#waiting.get(token);
    if (!waiting) throw new AwsError('TaskTimedOut', 'Task Timed Out: the token is not waited for any more');
    act(waiting);
    return {};
  }
}
