import axios, { type AxiosResponse } from 'axios';
import { ChannelUnavailable, WebhookDeleted } from '../errors.ts';
import { type Attached, multipart } from './multipart.ts';

const TIMEOUT_MS = 5000;
const JSON_TYPE = 'application/json; charset=utf-8';

/** A wait of at most this is waited for here, once; for a longer one the queue waits. */
const PATIENCE_MS = 5000;

interface Options {
  method?: 'post' | 'patch';
  /** The headers that depend on the body, byte by byte as it is sent. */
  headersFor?: (body: string) => Record<string, string>;
  /** Goes with the message. */
  file?: Attached;
}

/**
 * Posts JSON to a webhook: 15 seconds at most. The address is a secret, so no error carries it, nor an answer, which may
 * repeat it: only the status leaves here.
 *
 * @returns what the webhook answered
 * @throws WebhookDeleted when there is no such webhook any more
 * @throws ChannelUnavailable when it did not take the message for any other reason
 */
export async function post(
  address: string,
  message: object,
  { method = 'post', headersFor = () => ({}), file }: Options = {},
): Promise<unknown> {
  const json = JSON.stringify(message);
  const { body, type } = file ? multipart(json, file) : { body: Buffer.from(json), type: JSON_TYPE };
  const send = () => attempt(method, address, body, { 'content-type': type, ...headersFor(json) });
  const first = await send();
  const wait = waitOf(first);
  if (wait === undefined || wait > PATIENCE_MS) return judge(first, wait);
  await new Promise((resolve) => setTimeout(resolve, wait));
  const second = await send();
  return judge(second, waitOf(second));
}

async function attempt(
  method: string,
  url: string,
  data: Buffer,
  headers: Record<string, string>,
): Promise<AxiosResponse> {
  return axios({
    ...{ method, url, data, headers },
    timeout: TIMEOUT_MS,
    // Nobody but the address itself is to see the message.
    maxRedirects: 0,
    validateStatus: () => true,
  }).catch((error: { code?: string }) => {
    throw new ChannelUnavailable(`the webhook did not answer: ${error.code ?? 'no code'}`);
  });
}

/**
 * How long a 429 wants us to wait, in milliseconds; undefined where it does not say, as Discord's does to an address
 * that many share. Discord says it in seconds in the body and rounded up in the header, Slack and Power Automate in the
 * header alone.
 *
 * @source https://docs.discord.com/developers/topics/rate-limits, https://docs.slack.dev/apis/web-api/rate-limits
 */
function waitOf({ status, headers, data }: AxiosResponse): number | undefined {
  if (status !== 429) return undefined;
  const said = [headers['retry-after'], (data as { retry_after?: unknown } | null)?.retry_after]
    .filter((value) => value !== undefined && value !== '')
    .map(Number)
    .filter((seconds) => seconds >= 0);
  return said.length > 0 ? Math.max(...said) * 1000 : undefined;
}

function judge({ status, data }: AxiosResponse, wait: number | undefined): unknown {
  if (status === 404 || status === 410)
    throw new WebhookDeleted(`the webhook answered ${status}: it was deleted, or its channel was; make a new one`);
  if (status < 200 || status >= 300)
    throw new ChannelUnavailable(`the webhook answered ${status}${wait ? `: wait ${wait / 1000} s` : ''}`);
  return data;
}
