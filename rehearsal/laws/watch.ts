import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import type { Entry, Of } from '../journal.ts';

const MINUTE = 60_000;
/** What was looked at in the moment that a person spoke may still be told. */
const SAME_MOMENT = 15_000;

/** Laws 7 and 8, as people hear of what is watched: down is what was seen to fail, by our own sound eyes. */
export class WatchLaw {
  readonly #stage: CompiledStage;
  readonly #broken: (law: number, at: number, text: string) => void;
  /** `web front`, or `control`: when it was last seen to fail. */
  readonly #failedAt = new Map<string, number>();
  /** Services that people have paused. */
  readonly #paused = new Map<string, { since: number; until: number }>();

  constructor(stage: CompiledStage, broken: (law: number, at: number, text: string) => void) {
    this.#stage = stage;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    if (entry.what === 'unreached') this.#failedAt.set(entry.place, entry.at);
    if (entry.what === 'person' && entry.workload) this.#hear(entry, entry.workload);
    if (entry.what !== 'notice' || entry.notice.kind !== 'service' || entry.notice.state !== 'open') return;
    const { workload, cause = '' } = entry.notice;
    const [, name] = /^check (.+)$/.exec(cause) ?? [];
    if (name !== undefined) this.#checkDown(workload, name, entry.at);
  }

  #checkDown(workload: string, name: string, at: number): void {
    const { services, calendar } = this.#stage;
    const service = services[workload];
    const check = service?.checks.find((candidate) => candidate.name === name);
    if (!service || !check) {
      this.#broken(5, at, `${workload} ${name} was said to be down, which the stage file does not name`);
      return;
    }
    if (this.#hasFailed('control', at))
      this.#broken(7, at, `${workload} was said to be down while the control probe fails`);
    if (isWithinHours({ hours: service.maintenance, timezone: service.timezone }, calendar, at))
      this.#broken(7, at, `${workload} was said to be down in its maintenance`);
    const { since, until } = this.#paused.get(workload) ?? { since: at, until: 0 };
    if (at > since + SAME_MOMENT && at < until)
      this.#broken(7, at, `${workload} was said to be down while it is paused`);
    // What is not heard leaves no trace.
    if (check.kind !== 'heartbeat' && !this.#hasFailed(`${workload} ${name}`, at))
      this.#broken(8, at, `${workload} ${name} was said to be down, and nothing was seen to fail`);
  }

  #hear({ act, until = Number.POSITIVE_INFINITY, at }: Of<'person'>, workload: string): void {
    if (act === 'pause') this.#paused.set(workload, { since: at, until });
    if (act === 'resume') this.#paused.delete(workload);
  }

  #hasFailed(place: string, at: number): boolean {
    return at - (this.#failedAt.get(place) ?? 0) < MINUTE;
  }
}
