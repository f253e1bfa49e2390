import type { StatusAnswer, WorkloadNow } from '../../shared/status/answers.ts';
import type { Light } from '../parts/lamp.tsx';
import type { StatusWords } from './words.ts';

const LIGHTS: Record<WorkloadNow['now'], Light> = {
  ...{ on: 'lit', off: 'out', starting: 'turning', stopping: 'turning', changing: 'turning', broken: 'broken' },
  ...{ missing: 'broken', up: 'lit', failing: 'turning', down: 'broken', held: 'out', working: 'lit' },
  ...{ waiting: 'turning', empty: 'out', unreadable: 'broken', unknown: 'unknown' },
} as const;

/** Reasons that want somebody, whatever it is now. */
const TROUBLES = ['breaker', 'failed', 'runaway'];

/** How its lamp is lit. */
export function lightOf({ now, why }: Pick<WorkloadNow, 'now' | 'why'>): Light {
  return why && now === 'off' && TROUBLES.includes(why.code) ? 'broken' : LIGHTS[now];
}

export interface Headline {
  light: Light;
  text: string;
}

/** The one sentence of the page: what is worst comes first. */
export function headlineOf({ workloads }: StatusAnswer, words: StatusWords): Headline {
  const { headline } = words;
  const named = (all: WorkloadNow[]) => {
    const shown = all.slice(0, 3).map(({ name }) => name);
    return [...shown, ...(all.length > 3 ? [words.more(all.length - 3)] : [])].join(', ');
  };
  const because = (code: string) => workloads.some(({ why }) => why?.code === code);
  const down = workloads.filter(({ now }) => now === 'down');
  const troubled = workloads.filter((one) => lightOf(one) === 'broken' && one.now !== 'down');
  const unknown = workloads.filter(({ now }) => now === 'unknown');
  if (workloads.length === 0) return { light: 'out', text: headline.nothing };
  if (down.length > 0) return { light: 'broken', text: headline.down(named(down), down.length) };
  if (because('emergency')) return { light: 'broken', text: headline.stopped };
  if (troubled.length > 0) return { light: 'broken', text: headline.troubled(named(troubled), troubled.length) };
  if (unknown.length > 0) return { light: 'unknown', text: headline.unknown(named(unknown), unknown.length) };
  if (because('stage-paused')) return { light: 'out', text: headline.paused };
  return { light: 'lit', text: headline.well };
}
