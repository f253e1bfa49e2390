/** What the emergency stop found and did, as its state machine hands it over. */

/** In whose name environments are stopped: neither their hours nor a person's keep hold that back; their data does. */
export const EMERGENCY = 'emergency';

/** An instance, a stack or the workers of a queue that the stage names, after one round. */
export interface StopResult {
  /**
   * `was-off`: there was nothing to do. `stopped`: it was on, and is seen off. `missing`: there is no such instance.
   * `going`: a stack that is being deleted, workers that end their jobs. `left`: on, or not to be seen.
   */
  state: 'was-off' | 'stopped' | 'missing' | 'going' | 'left';
  target: { workload: string; id: string } & (
    | { kind: 'instance' | 'stack' }
    | { kind: 'workers'; cluster: string; service: string }
  );
  /** Its state by AWS's name. */
  now?: string;
  error?: { Error: string; Cause?: string };
  /** The execution that should have deleted it, as DescribeExecution tells. */
  ended?: { Status?: string; Output?: string; Error?: string; Cause?: string };
}

/**
 * What became of each target in all rounds together: its last state, or that an earlier round has stopped it.
 *
 * @param rounds the results of each round, oldest first
 */
export function outcomes(rounds: StopResult[][]): StopResult[] {
  const last = rounds.at(-1) ?? [];
  const wasStopped = ({ kind, id }: StopResult['target']) =>
    rounds.flat().some(({ state, target }) => state !== 'was-off' && target.kind === kind && target.id === id);
  return last.map((result) =>
    result.state === 'was-off' && wasStopped(result.target) ? { ...result, state: 'stopped' } : result,
  );
}

/** Why something was not stopped, in AWS's words or in those of the run that should have stopped it. */
export function whyLeft({ now, error, ended }: StopResult): string {
  if (error) return `${error.Error}${error.Cause ? `: ${error.Cause}` : ''}`;
  const reason = ended?.Output && (JSON.parse(ended.Output) as { reason?: string }).reason;
  if (reason) return reason;
  if (ended?.Status && ended.Status !== 'SUCCEEDED')
    return [ended.Status, ended.Error, ended.Cause].filter((part) => part !== undefined).join(': ');
  return now ?? '';
}
