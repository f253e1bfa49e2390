import type { WorkloadStatus } from '../../functions/show-status/contract.ts';
import type { ConsequenceWords } from '../words/consequences.ts';
import { type Act, type Consequence, calm, grave } from './of-unrun.ts';

/** Of a pipeline, which leaves nothing on: what its runs come to. */
export function ofPipeline(
  act: Exclude<Act, 'skip' | 'pause' | 'resume'>,
  { running, held }: WorkloadStatus,
  words: ConsequenceWords,
): Consequence[] {
  const going = running?.key;
  switch (act) {
    case 'start':
      if (going !== undefined) return [calm(words.pipeline.skipped(going))];
      return [calm(held.length > 0 ? words.wouldBeSkipped(held.join('; ')) : words.runBegins)];
    case 'stop':
      return [going === undefined ? calm(words.nothingCutOff) : grave(words.pipeline.cutOff(going))];
    case 'keep':
      return [calm(words.pipeline.nothingToKeep)];
    case 'emergency-stop':
      return [going === undefined ? calm(words.pipeline.noRun) : grave(words.pipeline.cutOffForGood(going))];
  }
}
