import type { Scene } from './tend.ts';

const SECOND = 1000;
/** How often KEDA looks whether there is anything, and so long after there was something it takes the last one away. */
const POLL_MS = 30 * SECOND;
const COOLDOWN_MS = 300 * SECOND;
/** So many waiting jobs are one worker's. */
const LIST_LENGTH = 5;
const SYNC_MS = 15 * SECOND;
/** The two look at moments of their own. */
const APART_MS = 7 * SECOND;
const TOLERANCE = 0.1;
const STABLE_MS = 300 * SECOND;

/**
 * How KEDA would scale the same tasks: from none and to none by its own look, between them the autoscaler of Kubernetes.
 *
 * @source KEDA, "ScaledObject specification": `pollingInterval` 30, `cooldownPeriod` 300; "Redis Lists": `listLength` 5, the length
 * of the list of waiting jobs; Kubernetes, "Horizontal Pod Autoscaling": every 15 s, tolerance 0.1, out by doubling or four
 * pods in 15 s, in by the highest of the last 300 s; what cannot be measured is left as it is
 */
export function keda({ ticker, queue, scaled, isOut }: Scene, { max }: { max: number }): void {
  let activeAt = Number.NEGATIVE_INFINITY;
  let recommended: { at: number; pods: number }[] = [];
  const waiting = () => queue.counts().waiting;
  ticker.every(ticker.now + POLL_MS, POLL_MS, () => {
    if (isOut()) return;
    if (waiting() > 0) activeAt = ticker.now;
    if (scaled.desired === 0 && waiting() > 0) scaled.setDesired(1);
    if (scaled.desired > 0 && waiting() === 0 && ticker.now - activeAt >= COOLDOWN_MS) scaled.setDesired(0);
  });
  ticker.every(ticker.now + APART_MS, SYNC_MS, () => {
    if (isOut()) return;
    const { desired } = scaled;
    if (desired === 0) {
      recommended = [];
      return;
    }
    const pods = podsFor(waiting(), desired, max);
    recommended = [...recommended.filter(({ at }) => ticker.now - at < STABLE_MS), { at: ticker.now, pods }];
    const stable = Math.max(...recommended.map((one) => one.pods));
    const wanted = pods > desired ? Math.min(pods, Math.max(2 * desired, desired + 4)) : Math.min(desired, stable);
    if (wanted !== desired) scaled.setDesired(wanted);
  });
}

function podsFor(waiting: number, pods: number, max: number): number {
  const ratio = waiting / (LIST_LENGTH * pods);
  return Math.abs(ratio - 1) <= TOLERANCE ? pods : Math.min(max, Math.max(1, Math.ceil(waiting / LIST_LENGTH)));
}
