import type { QueueStatus, ServiceStatus } from '../../functions/show-status/contract.ts';

/** What a word would do to what has no runs. */

export type Act = 'start' | 'stop' | 'keep' | 'skip' | 'pause' | 'resume' | 'emergency-stop';

/** What a word would do, as things are now. */
export interface Consequence {
  text: string;
  /** It stops something, or leaves something that is on without what starts it again: a person is asked first. */
  stops: boolean;
}

/** Of what is watched. */
export function ofService(
  act: Act,
  name: string,
  { words, now }: ServiceStatus,
  end: string,
  isOfStage: boolean,
): Consequence[] {
  if (act === 'pause' || act === 'skip') {
    const until = end || (act === 'skip' ? ' today' : ' until somebody resumes');
    // A pause of the whole stage keeps no fault from being told.
    const what = isOfStage ? 'not recovered' : 'neither said to be down nor recovered';
    return [calm(`${name}: it is watched (${now} now), and ${what}${until}`)];
  }
  if (act !== 'resume') return [];
  return words.map(({ act: said, by, why }) =>
    calm(`${name}: it is no longer ${said === 'skip' ? 'skipped' : 'paused'} (by ${by}: ${why})`),
  );
}

/** Of a queue, whose workers are scaled. */
export function ofQueue(
  act: Act,
  name: string,
  { words, workers }: QueueStatus,
  end: string,
  isOfStage: boolean,
): Consequence[] {
  const running = workers ? `${workers.running} run now` : 'how many run is not known';
  switch (act) {
    case 'keep':
      return [calm(`${name}: no worker is taken away${end} (${running})`)];
    case 'pause':
    case 'skip': {
      const until = end || (act === 'skip' ? ' today' : ' until somebody resumes');
      return [grave(`${name}: no worker is added${until}, and jobs wait; those that run end their work (${running})`)];
    }
    case 'resume':
      return words.map(({ act: said, by, why }) =>
        calm(`${name}: it is no longer ${{ pause: 'paused', skip: 'skipped', keep: 'kept' }[said]} (by ${by}: ${why})`),
      );
    case 'emergency-stop':
      return [grave(`${name}: all workers are stopped, each at the end of its jobs (${running}), and jobs wait`)];
    default:
      return isOfStage ? [] : [calm(`${name}: this is refused: workers follow the queue`)];
  }
}

export function calm(text: string): Consequence {
  return { text, stops: false };
}

export function grave(text: string): Consequence {
  return { text, stops: true };
}
