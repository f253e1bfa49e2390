import type { CheckOf, CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Fetch } from './channels.ts';
import { error, type Finding, looked, ok, warning } from './finding.ts';

/** When the certificate of a server ends, in milliseconds since the epoch; undefined where it has none. */
export type CertificateEnd = (host: string, port: number) => Promise<number | undefined>;

interface Of {
  stage: CompiledStage;
  fetch: Fetch;
  certificateEnd: CertificateEnd;
  now: number;
}

const DAY_MS = 86_400_000;

/** What is asked from outside, asked from here: the control probe, and how long certificates are good. */
export async function watched({ stage, fetch, certificateEnd, now }: Of): Promise<Finding[]> {
  const { control, services } = stage;
  const secure = Object.entries(services).flatMap(([name, { checks }]) =>
    checks.flatMap((check) => (check.kind === 'http' && check.url.startsWith('https:') ? [{ name, check }] : [])),
  );
  const looks = secure.map(({ name, check }) => {
    const about = `${name}: certificate of ${check.name}`;
    return looked(about, async () => certificateFinding(about, check, await endOf(check, certificateEnd), now));
  });
  const own = control === undefined ? [] : [looked('control probe', () => controlFinding(control, stage, fetch))];
  return (await Promise.all([...own, ...looks])).flat();
}

async function controlFinding(control: string, { services }: CompiledStage, fetch: Fetch): Promise<Finding> {
  const about = 'control probe';
  const { host } = new URL(control);
  const hosts = Object.values(services).flatMap(({ checks }) =>
    checks.flatMap((check) =>
      check.kind === 'http' ? new URL(check.url).hostname : check.kind === 'tcp' ? check.host : [],
    ),
  );
  const related = hosts.find((one) => domainOf(one) === domainOf(new URL(control).hostname));
  if (related)
    return warning(
      about,
      `${host} and ${related}, which is watched, are of one domain: they may fail together`,
      'write the address of somebody else as control',
    );
  const status = await fetch('GET', control);
  if (status >= 200 && status < 300) return ok(about, `${host} answers`);
  return error(
    about,
    `${host} answers ${status}, so every fault would be held to be ours`,
    'write one that answers 2xx',
  );
}

function domainOf(host: string): string {
  return /^[\d.]+$|:/.test(host) ? host : host.split('.').slice(-2).join('.');
}

async function endOf({ url }: CheckOf<'http'>, certificateEnd: CertificateEnd): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return certificateEnd(hostname, Number(port || 443));
}

function certificateFinding(
  about: string,
  { certificateDays }: CheckOf<'http'>,
  end: number | undefined,
  now: number,
): Finding {
  if (end === undefined) return error(about, 'there is none', 'see to it that the server shows one');
  const days = Math.floor((end - now) / DAY_MS);
  if (days < 0) return error(about, `it ended ${-days} days ago`, 'renew it');
  if (days <= certificateDays) return warning(about, `it ends in ${days} days`, 'see that it is renewed by itself');
  return ok(about, `good for ${days} days`);
}
