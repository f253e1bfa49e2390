import { retold } from '../reasons.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallClock, wallTime } from '../time/wall-clock.ts';
import type { Finding } from '../watch/finding.ts';
import type { Down } from '../watch/streak.ts';
import { UNSEEN_MINUTES } from '../watch/streak.ts';
import { wordsOf } from '../words/words.ts';
import { instanceLink, labelled, logGroupLink } from './links.ts';
import type { Link, Notice } from './notice.ts';
import { minutes } from './parts.ts';

/** What is said of a minute of checks: one incident for each check of a service, one for its certificate. */
export function healthNotice(finding: Finding, stage: CompiledStage, now: number): Notice {
  if (finding.service === undefined) return controlNotice(finding, stage, now);
  if (finding.what === 'opened') return downNotice(finding, finding.down, stage, now);
  if (finding.what === 'closed') return upNotice(finding, stage, now);
  const { service, check } = finding;
  const { services: words, reason } = wordsOf(stage);
  const about = (event: string, severity: Severity, title: string) =>
    head(service, `${check} ${event}`, severity, title, stage, now);
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
  const { services: words, reason } = wordsOf(stage);
  const { from, problem } = down;
  const times = stage.services[service]?.openAfter ?? 0;
  return {
    ...head(service, `${check} down ${instant(from)}`, 'critical', words.down(service), stage, now),
    lines: [words.found(check, retold(problem, reason)), words.failingSince(times, time(from, service, stage))],
    ...{ did: [words.nothingRecovers], todo: [words.look] },
    ...{ cause: causeDown(check), state: 'open' },
    ...linksOf(service, check, stage),
  };
}

function upNotice(
  { service, check, down, to, because }: Extract<Finding, { what: 'closed' }>,
  stage: CompiledStage,
  now: number,
): Notice {
  const all = wordsOf(stage);
  const { services: words } = all;
  const lasted = minutes((to - down.from) / 1000, all);
  const [title, line] = {
    up: [words.up, words.wasDown(check, lasted, time(down.from, service, stage), time(to, service, stage))] as const,
    off: [words.off, words.isOff(check, lasted)] as const,
    unnamed: [words.unnamed, words.isUnnamed(check)] as const,
  }[because ?? 'up'];
  const severity = because === 'unnamed' ? 'info' : 'success';
  return {
    ...head(service, `${check} up ${instant(down.from)}`, severity, title(service), stage, now),
    ...{ lines: [line], cause: causeDown(check), state: 'resolved' },
    ...linksOf(service, check, stage),
  };
}

function controlNotice(
  { what, problem }: Extract<Finding, { service?: undefined }>,
  stage: CompiledStage,
  now: number,
): Notice {
  const { services: words, reason } = wordsOf(stage);
  const address = stage.control ?? '';
  const own = (title: string, severity: Severity) =>
    head(undefined, `${what} ${instant(now)}`, severity, title, stage, now);
  if (what === 'sees')
    return { ...own(words.sees, 'success'), lines: [words.isSeeing(address)], cause: 'control', state: 'resolved' };
  return {
    ...own(words.blind, 'warning'),
    lines: [words.isBlind(address, retold(problem, reason)), words.blindMeans],
    ...{ todo: [words.mendBlind], cause: 'control', state: 'open' },
  };
}

/** The incident of a check that is down. */
export function causeDown(check: string): string {
  return `check ${check}`;
}

function head(
  service: string | undefined,
  event: string,
  severity: Severity,
  title: string,
  stage: CompiledStage,
  now: number,
): Omit<Notice, 'lines'> {
  const workload = service ?? 'lamplighter';
  return {
    id: `${workload} ${event}`,
    at: wallTime(now, stage.timezone),
    stage: stage.stage,
    ...{ workload, severity, title },
    ...(service !== undefined && { kind: 'service' }),
  };
}

/** In the order in which one looks: from outside, what the checks say, the server. */
function linksOf(service: string, check: string, stage: CompiledStage): { links?: Link[] } {
  const { services: words } = wordsOf(stage);
  const { checks = [], target } = stage.services[service] ?? {};
  const checked = checks.find(({ name }) => name === check);
  const links = [
    ...labelled(words.check, checked?.kind === 'http' ? withoutQuery(checked.url) : undefined),
    ...labelled(words.log, logGroupLink(`/aws/lambda/lamplighter-${stage.stage}-checkHealth`, stage.region)),
    ...labelled(words.instance, target && 'ec2' in target ? instanceLink(target.ec2, stage.region) : undefined),
  ];
  return links.length > 0 ? { links } : {};
}

/** A query may hold what is nobody's business. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function zoneOf(service: string, { services, timezone }: CompiledStage): string {
  return services[service]?.timezone ?? timezone;
}

function time(at: number, service: string, stage: CompiledStage): string {
  return wallClock(at, zoneOf(service, stage)).time;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
