import type { CompiledStage } from '../stage/compiled.ts';
import { wallClock } from '../time/wall-clock.ts';
import { serviceWordsOf } from '../words/services.ts';
import { instanceLink, labelled, logGroupLink } from './links.ts';
import type { Link } from './notice.ts';

/** What the notices on what is watched are made of. */

/** In the order in which one looks: from outside, what the checks say, the server. */
export function linksOf(service: string, check: string, stage: CompiledStage): { links?: Link[] } {
  const words = serviceWordsOf(stage);
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

export function zoneOf(service: string, { services, timezone }: CompiledStage): string {
  return services[service]?.timezone ?? timezone;
}

export function time(at: number, service: string, stage: CompiledStage): string {
  return wallClock(at, zoneOf(service, stage)).time;
}

export function instant(at: number): string {
  return new Date(at).toISOString();
}
