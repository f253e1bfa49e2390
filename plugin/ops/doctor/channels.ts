import type { Channel, ChannelOf, CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';

/** The status of an answer to GET or HEAD; an error names why there is none, and never the address. */
export type Fetch = (method: 'GET' | 'HEAD', url: string) => Promise<number>;

interface Of {
  stage: CompiledStage;
  aws: Aws;
  fetch: Fetch;
  /** The application that made a webhook of Discord. */
  makerOf: (webhook: string) => Promise<string | undefined>;
  /** Whose account it is. */
  caller: string;
}

/** Whether each channel answers, as far as it can be asked without posting to it. */
export async function channels(of: Of): Promise<Finding[]> {
  const looks = Object.entries(of.stage.notify.channels).map(([name, channel]) =>
    looked(`channel ${name}`, () => channelFindings(name, channel, of)),
  );
  return (await Promise.all(looks)).flat();
}

async function channelFindings(name: string, channel: Channel, of: Of): Promise<Finding[]> {
  if (channel.kind === 'email') return mailFindings(name, channel, of);
  if (channel.kind === 'sms') return textFindings(name, channel, of.aws);
  const reference = channel.kind === 'webhook' ? channel.url : channel.webhook;
  const url = reference.startsWith('ssm:') ? (await of.aws.parameter(reference.slice(4)))?.value : reference;
  // That it is missing is said where the parameters are.
  if (!url) return [];
  const found = await hookFinding(`channel ${name}`, channel.kind, url, of.fetch);
  if (found.level !== 'ok' || channel.kind !== 'discord' || !channel.buttons) return [found];
  const { application } = of.stage.commands ?? {};
  if ((await of.makerOf(url)) === application) return [found];
  return [error(found.about, 'its webhook was not made by the application of commands: it shows no buttons', MEND)];
}

const MEND = 'have the bot make one, and put its address into the same parameter; see docs/discord.md';

async function hookFinding(about: string, kind: Channel['kind'], url: string, fetch: Fetch): Promise<Finding> {
  if (!URL.canParse(url))
    return error(about, 'what the parameter holds is no address', 'put the address of the webhook there');
  if (kind !== 'discord') {
    // Anything but a post of a message would be refused, so the server alone is asked.
    const { origin, host } = new URL(url);
    await fetch('HEAD', origin);
    return note(about, `${host} answers; only a message shows whether it takes one`, 'notify.test sends one daily');
  }
  const status = await fetch('GET', url);
  if (status >= 200 && status < 300) return ok(about, 'Discord knows the webhook');
  if ([401, 403, 404].includes(status))
    return error(
      about,
      `Discord does not know the webhook (${status})`,
      'make a new one, and put its address into the same parameter',
    );
  return warning(about, `Discord answers ${status}`, 'look again later');
}

async function mailFindings(name: string, { to }: ChannelOf<'email'>, { stage, aws, caller }: Of): Promise<Finding[]> {
  const about = `channel ${name}`;
  const [, partition = 'aws', , , account = ''] = caller.split(':');
  const subscribers = await aws.subscribers(
    `arn:${partition}:sns:${stage.region}:${account}:lamplighter-${stage.stage}-${name}`,
  );
  if (!subscribers) return [note(about, 'its topic comes with the deployment; each address confirms it then')];
  return to.map((address) => {
    const found = subscribers.find(({ endpoint }) => endpoint === address);
    if (found?.isConfirmed) return ok(about, `${address} has confirmed`);
    if (found)
      return error(
        about,
        `${address} has not confirmed`,
        'follow the link in the message of AWS Notifications; deploy anew after three days',
      );
    return error(about, `${address} is not subscribed`, `npx sls deploy --stage ${stage.stage}`);
  });
}

async function textFindings(name: string, { to }: ChannelOf<'sms'>, aws: Aws): Promise<Finding[]> {
  const about = `channel ${name}`;
  const { isInSandbox, verified } = await aws.smsSandbox();
  return Promise.all(
    to.map(async (number) => {
      const shown = `…${number.slice(-4)}`;
      if (isInSandbox && !verified.includes(number))
        return error(
          about,
          `the account is in the SMS sandbox, and ${shown} is not verified`,
          'verify it in the console of SNS, or leave the sandbox',
        );
      if (await aws.hasOptedOut(number))
        return error(about, `${shown} has opted out`, 'opt it in again in the console of SNS, once in 30 days');
      return ok(about, `${shown} may be written to`);
    }),
  );
}

/** By the network. */
export const fetchStatus: Fetch = async (method, url) => {
  try {
    return (await fetch(url, { method, redirect: 'manual', signal: AbortSignal.timeout(5000) })).status;
  } catch (thrown) {
    const { name, cause } = thrown as Error & { cause?: { code?: string } };
    throw Object.assign(new Error('its server does not answer'), { name: cause?.code ?? name });
  }
};

/** @source https://docs.discord.com/developers/resources/webhook#get-webhook-with-token */
export async function makerOf(webhook: string): Promise<string | undefined> {
  const answer = await fetch(webhook, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
  return ((await answer.json()) as { application_id?: string | null }).application_id ?? undefined;
}
