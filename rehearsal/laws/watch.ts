import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import type { Entry } from '../journal.ts';

const MINUTE = 60_000;

/** Laws 7 and 8, as people hear of what is watched: down is what was seen to fail, by our own sound eyes. */
export class WatchLaw {
  readonly #stage: CompiledStage;
  readonly #broken: (law: number, at: number, text: string) => void;
  /** `web front`, or `control`: when it was last seen to fail. */
  readonly #failedAt = new Map<string, number>();

  constructor(stage: CompiledStage, broken: (law: number, at: number, text: string) => void) {
    this.#stage = stage;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    if (entry.what === 'unreached') this.#failedAt.set(entry.place, entry.at);
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
    // What is not heard leaves no trace.
    if (check.kind !== 'heartbeat' && !this.#hasFailed(`${workload} ${name}`, at))
      this.#broken(8, at, `${workload} ${name} was said to be down, and nothing was seen to fail`);
  }

  #hasFailed(place: string, at: number): boolean {
    return at - (this.#failedAt.get(place) ?? 0) < MINUTE;
  }
}
