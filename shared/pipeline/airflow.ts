import { secret } from '../channels/secrets.ts';
import { DagFailed, HttpFailed } from '../errors.ts';
import type { StepWork } from '../stage/compiled.ts';
import { because } from './reasons.ts';
import { type Answer, request } from './request.ts';

export type AirflowWork = Extract<StepWork, { by: 'airflow' }>;

const WITHIN_SECONDS = 20;

/** What is behind an address of one Airflow, for one who is known there. */
export type Airflow = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<Answer>;

/**
 * Airflow's REST API: version 1 of Airflow 2, with the user's password or a token; version 2 of Airflow 3, with a token,
 * which it gives for a password.
 *
 * @source https://airflow.apache.org/docs/apache-airflow/2.11.0/stable-rest-api-ref.html,
 * https://airflow.apache.org/docs/apache-airflow/stable/security/api.html
 */
export async function airflowOf(
  { url, api, username, secret: reference }: AirflowWork,
  effects = { request, secret },
): Promise<Airflow> {
  const base = url.replace(/\/+$/, '');
  const value = await effects.secret(reference);
  const send = (method: 'GET' | 'POST' | 'PATCH', address: string, headers: Record<string, string>, body?: object) =>
    effects.request({
      ...{ method, url: address, withinSeconds: WITHIN_SECONDS },
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  const authorization = await authorized();
  return (method, path, body) => send(method, `${base}/api/v${api}${path}`, { authorization }, body);

  async function authorized(): Promise<string> {
    if (username === undefined) return `Bearer ${value}`;
    if (api === 1) return `Basic ${Buffer.from(`${username}:${value}`).toString('base64')}`;
    const given = well(await send('POST', `${base}/auth/token`, {}, { username, password: value }));
    return `Bearer ${(given as { access_token?: string }).access_token}`;
  }
}

/**
 * What a good answer says.
 *
 * @throws DagFailed when Airflow refuses, with its own words
 * @throws HttpFailed when it is in trouble itself: it is asked again
 */
export function well({ status, text }: Answer): unknown {
  if (status >= 200 && status <= 299) return text === '' ? {} : JSON.parse(text);
  if (status >= 500 || status === 429) throw new HttpFailed(because('answers', status));
  throw new DagFailed(because('airflowSays', status, detailOf(text)));
}

/** Airflow 2 says it in a text, Airflow 3 in a text or by what is wrong with which field. */
function detailOf(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: string };
    return typeof detail === 'string' ? detail : detail ? JSON.stringify(detail) : (title ?? 'no reason given');
  } catch {
    // A proxy in front of it answers with a page.
    return 'no reason given';
  }
}

/** Where people see a DAG run. */
export function pageOf({ url, api, dag }: AirflowWork, id: string): string {
  const base = `${url.replace(/\/+$/, '')}/dags/${encodeURIComponent(dag)}`;
  return api === 1 ? `${base}/grid?dag_run_id=${encodeURIComponent(id)}` : `${base}/runs/${encodeURIComponent(id)}`;
}

/** Where its API has the runs of a DAG, or one of them. */
export function runsOf({ dag }: AirflowWork, id?: string): string {
  return `/dags/${encodeURIComponent(dag)}/dagRuns${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
}
