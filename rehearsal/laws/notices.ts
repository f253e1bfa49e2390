import type { Notice } from '../../shared/notices/notice.ts';
import type { CompiledStage, Kind, Route, Severity } from '../../shared/stage/compiled.ts';
import type { Entry, Of } from '../journal.ts';
import { Crowds } from './crowds.ts';
import { isQuiet, type Quiet } from './quiet.ts';
import { keyOf, textOf } from './shown.ts';

const MINUTE = 60_000;
/** How long a notice may take to the people. */
export const ARRIVAL_MS = 20 * MINUTE;
/** Within this a notice that says the same as one before may be counted instead of shown, where the stage says nothing. */
const WINDOW_SECONDS = 3600;
/** Within this nothing says the same again on purpose. */
const AGAIN_MS = 15 * MINUTE;
const DISCORD_A_MINUTE = 30;

/** Whom a published notice has to reach. */
interface Duty {
  at: number;
  title: string;
  severity: Severity;
  channels: string[];
}

interface Shown {
  at: number;
  text: string;
  /** The body as it was sent, and to whom. */
  exact: string;
}

/** Fields of a stage's notices beyond channels and routes, where a stage has them. */
type Notify = CompiledStage['notify'] & { windowSeconds?: number; quiet?: Quiet };
type AnyRoute = Route & { workloads?: string[]; kinds?: Kind[] };

/** Law 3, as people see it: no notice is lost, none comes twice, and no channel is flooded. */
export class NoticeLaws {
  readonly #stage: CompiledStage;
  readonly #notify: Notify;
  readonly #broken: (law: number, at: number, text: string) => void;
  readonly #duties: Duty[] = [];
  readonly #crowds = new Crowds();
  /** `<workload> <cause>` of what is wrong. */
  readonly #open = new Set<string>();
  readonly #shown = new Map<string, Shown[]>();
  readonly #posts = new Map<string, Shown[]>();
  /** When something was published last, in milliseconds since the epoch. */
  lastAt = 0;

  constructor(stage: CompiledStage, broken: (law: number, at: number, text: string) => void) {
    this.#stage = stage;
    this.#notify = stage.notify;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    if (entry.what === 'notice' && this.#isNews(entry.notice)) {
      const { severity, workload, title, kind = this.#stage.workloads[workload]?.kind } = entry.notice;
      this.#oblige(entry.at, title, severity, (route) => isFor(route, workload, kind));
    }
    // Whose workload an alarm is of is for the code to say: only routes that ask for none are sure to carry it.
    if (entry.what === 'alarm' && entry.state === 'ALARM' && entry.topic.endsWith('-notices'))
      this.#oblige(entry.at, entry.name, 'critical', (route) => !route.workloads && !route.kinds);
    if (entry.what === 'delivered') this.#checkDelivered(entry);
  }

  /**
   * What can only be said at the end: everything that was published has been seen in every channel that it is for.
   *
   * @param now milliseconds since the epoch
   * @param isOut whether a channel is out of order, so that nothing can be expected of it
   */
  checkEnd(now: number, isOut: (channel: string) => boolean = () => false): void {
    const channels = Object.keys(this.#notify.channels).filter((channel) => !isOut(channel));
    const windowMs = (this.#notify.windowSeconds ?? WINDOW_SECONDS) * 1000;
    const lost = this.#duties
      .filter(({ at }) => !this.#crowds.isOne(at))
      .filter((duty) => now - duty.at >= ARRIVAL_MS && !this.#isHeld(duty, now))
      .flatMap((duty) => duty.channels.map((channel) => ({ ...duty, channel })));
    for (const { at, title, channel } of lost) {
      const key = keyOf(title);
      const isSeen = this.#shown.get(channel)?.some((one) => one.at >= at - windowMs && one.text.includes(key));
      if (channels.includes(channel) && !isSeen)
        this.#broken(3, at, `"${title}" was never seen in ${channel}, which is to hear it`);
    }
  }

  /** The end of what is not open is no news. */
  #isNews({ workload, cause, state, resolves = [] }: Notice): boolean {
    const wasOpen = cause !== undefined && this.#open.has(`${workload} ${cause}`);
    if (state === 'open') this.#open.add(`${workload} ${cause}`);
    for (const over of [...(state === 'resolved' ? [cause] : []), ...resolves])
      this.#open.delete(`${workload} ${over}`);
    return state !== 'resolved' || wasOpen;
  }

  #oblige(at: number, title: string, severity: Severity, isHeard: (route: AnyRoute) => boolean): void {
    const routes = this.#notify.routes.filter((route) => route.severity.includes(severity) && isHeard(route));
    this.#duties.push({ at, title, severity, channels: [...new Set(routes.flatMap(({ to }) => to))] });
    this.#crowds.add(at);
    this.lastAt = at;
  }

  #checkDelivered({ channel, how, to = '', body, at }: Of<'delivered'>): void {
    const shown = { at, text: textOf(body), exact: `${to} ${JSON.stringify(body)}` };
    this.#push(this.#shown, channel, shown);
    if (how === 'posted') {
      this.#checkTwice(channel, shown);
      this.#push(this.#posts, channel, shown);
    }
    if (this.#notify.channels[channel]?.kind !== 'discord') return;
    const before = this.#shown.get(channel)?.at(-1 - DISCORD_A_MINUTE);
    if (before && at - before.at < MINUTE)
      this.#broken(3, at, `${channel} got more than ${DISCORD_A_MINUTE} posts and edits in a minute`);
  }

  /** The same body again is what somebody said again only if it was published again. */
  #checkTwice(channel: string, { at, text, exact }: Shown): void {
    const posts = this.#posts.get(channel) ?? [];
    let count = 1;
    for (let index = posts.length - 1; index >= 0; index--) {
      const post = posts[index];
      if (!post || at - post.at > AGAIN_MS) break;
      if (post.exact === exact) count++;
    }
    if (count > 1 && count > this.#mayBeSaid(channel, text))
      this.#broken(3, at, `${channel} was told the same ${count} times: ${exact.slice(0, 200)}`);
  }

  /** How often a channel may be told the same: a text message has no time in it, so two notices may read alike. */
  #mayBeSaid(channel: string, text: string): number {
    if (!('to' in (this.#notify.channels[channel] ?? {}))) return 1;
    const said = this.#duties.map(({ title }) => keyOf(title)).filter((key) => text.includes(key));
    return Math.max(1, ...said.map((key) => said.filter((other) => other === key).length));
  }

  /** In quiet hours all but what is critical waits for the morning. */
  #isHeld({ at, severity }: Duty, now: number): boolean {
    const { quiet } = this.#notify;
    if (!quiet || severity === 'critical' || now - at > 24 * 60 * MINUTE) return false;
    const { timezone } = this.#stage;
    return (
      isQuiet(at, quiet, timezone) && (isQuiet(now, quiet, timezone) || isQuiet(now - ARRIVAL_MS, quiet, timezone))
    );
  }

  #push(lists: Map<string, Shown[]>, channel: string, shown: Shown): void {
    const list = lists.get(channel) ?? [];
    list.push(shown);
    lists.set(channel, list);
  }
}

function isFor({ workloads, kinds }: AnyRoute, workload: string, kind: Kind | undefined): boolean {
  return (!workloads || workloads.includes(workload)) && (!kinds || (kind !== undefined && kinds.includes(kind)));
}
