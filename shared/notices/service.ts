import { retold } from '../reasons.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallClock } from '../time/wall-clock.ts';
import type { Finding } from '../watch/finding.ts';
import type { Down } from '../watch/streak.ts';
import { UNSEEN_MINUTES } from '../watch/streak.ts';
import { serviceWordsOf } from '../words/services.ts';
import { wordsOf } from '../words/words.ts';
import { headOf } from './head.ts';
import type { Notice } from './notice.ts';
import { minutes } from './parts.ts';
import { instant, linksOf, time, zoneOf } from './service-parts.ts';

/** What is said of a minute of checks: one incident for each check of a service, one for its certificate. */
export function healthNotice(finding: Finding, stage: CompiledStage, now: number): Notice {
  if (finding.service === undefined) return controlNotice(finding, stage, now);
  if (finding.what === 'opened') return downNotice(finding, finding.down, stage, now);
  if (finding.what === 'closed') return upNotice(finding, stage, now);
  const { service, check } = finding;
  const [words, { reason }] = [serviceWordsOf(stage), wordsOf(stage)];
  const about = (event: string, severity: Severity, title: string) =>
    headOf(service, `${check} ${event}`, severity, title, stage, now);
  if (finding.what === 'ending' || finding.what === 'renewed') {
    const cause = `certificate ${check}`;
    if (finding.what === 'renewed')
      return {
        ...about(`renewed ${now}`, 'success', words.renewed(service)),
        ...{ lines: [words.isRenewed(check)], cause, state: 'resolved' },
      };
    const { date } = wallClock(finding.endsAt, zoneOf(service, stage));
    return {
      ...about(`ending ${finding.endsAt} ${finding.days}`, 'warning', words.ending(service, finding.days)),
      ...{ lines: [words.endsAt(check, date)], todo: [words.renew], cause, state: 'open' },
      ...linksOf(service, check, stage),
    };
  }
  const cause = `unseen ${check}`;
  if (finding.what === 'seen')
    return {
      ...about(`seen ${now}`, 'success', words.seen(service)),
      ...{ lines: [words.isSeen(check)], cause, state: 'resolved' },
    };
  return {
    ...about(`unseen ${now}`, 'warning', words.unseen(service)),
    lines: [words.isUnseen(check, retold(finding.problem, reason), UNSEEN_MINUTES)],
    ...{ todo: [words.mendUnseen], cause, state: 'open' },
    ...linksOf(service, check, stage),
  };
}

function downNotice(
  { service, check }: { service: string; check: string },
  down: Down,
  stage: CompiledStage,
  now: number,
): Notice {
  const [words, { reason }] = [serviceWordsOf(stage), wordsOf(stage)];
  const { from, problem } = down;
  const times = stage.services[service]?.openAfter ?? 0;
  return {
    ...headOf(service, `${check} down ${instant(from)}`, 'critical', words.down(service), stage, now),
    lines: [words.found(check, retold(problem, reason)), words.failingSince(times, time(from, service, stage))],
    ...{ did: [recoveryOf(service, stage)], todo: [words.look] },
    ...{ cause: causeDown(check), state: 'open' },
    ...linksOf(service, check, stage),
  };
}

function upNotice(
  { service, check, down, to, because }: Extract<Finding, { what: 'closed' }>,
  stage: CompiledStage,
  now: number,
): Notice {
  const [words, all] = [serviceWordsOf(stage), wordsOf(stage)];
  const lasted = minutes((to - down.from) / 1000, all);
  const [title, line] = {
    up: [words.up, words.wasDown(check, lasted, time(down.from, service, stage), time(to, service, stage))] as const,
    off: [words.off, words.isOff(check, lasted)] as const,
    unnamed: [words.unnamed, words.isUnnamed(check)] as const,
  }[because ?? 'up'];
  const severity = because === 'unnamed' ? 'info' : 'success';
  return {
    ...headOf(service, `${check} up ${instant(down.from)}`, severity, title(service), stage, now),
    ...{ lines: [line], cause: causeDown(check), state: 'resolved', resolves: ['recovery'] },
    ...linksOf(service, check, stage),
  };
}

function controlNotice(
  { what, problem }: Extract<Finding, { service?: undefined }>,
  stage: CompiledStage,
  now: number,
): Notice {
  const [words, { reason }] = [serviceWordsOf(stage), wordsOf(stage)];
  const address = stage.control ?? '';
  const own = (title: string, severity: Severity) =>
    headOf(undefined, `${what} ${instant(now)}`, severity, title, stage, now);
  if (what === 'sees')
    return { ...own(words.sees, 'success'), lines: [words.isSeeing(address)], cause: 'control', state: 'resolved' };
  return {
    ...own(words.blind, 'warning'),
    lines: [words.isBlind(address, retold(problem, reason)), words.blindMeans],
    ...{ todo: [words.mendBlind], cause: 'control', state: 'open' },
  };
}

function recoveryOf(service: string, stage: CompiledStage): string {
  const words = serviceWordsOf(stage);
  const { target, recover } = stage.services[service] ?? {};
  return target && recover
    ? words.recovers(recover.rungs.map((rung) => words.rungs[rung]).join(' → '))
    : words.nothingRecovers;
}

/** The incident of a check that is down. */
export function causeDown(check: string): string {
  return `check ${check}`;
}
