import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface DagRun {
  dag_run_id: string;
  logical_date: string;
  state: string;
  start_date: string | null;
  end_date: string | null;
  conf: unknown;
}

/**
 * Stands in for Airflow by what its REST API documents: version 1 takes Basic credentials, version 2 a token that
 * `/auth/token` gives for them; a DAG run is there once by its id and once by its logical date.
 *
 * @source https://airflow.apache.org/docs/apache-airflow/2.11.0/stable-rest-api-ref.html#operation/post_dag_run,
 * https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 */
export class AirflowServer {
  readonly runs: DagRun[] = [];
  /** What was asked: `POST /api/v1/dags/legacy/dagRuns`. */
  readonly asked: string[] = [];
  tasks: { task_id: string; state: string | null }[] = [];
  /** Statuses that are answered instead of the next answers, where they say one. */
  readonly troubles: (number | undefined)[] = [];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  set(state: string): void {
    const run = this.runs.at(-1);
    if (!run) throw new Error('there is no run');
    run.state = state;
    run.start_date = state === 'queued' ? null : '2026-11-23T07:30:30+00:00';
    run.end_date = state === 'success' || state === 'failed' ? '2026-11-23T07:34:30+00:00' : null;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.asked.push(`${method} ${decodeURIComponent(url)}`);
    let body = '';
    for await (const chunk of request) body += chunk;
    const json = body === '' ? {} : JSON.parse(body);
    const trouble = this.troubles.shift();
    const [status, answer] = trouble ? [trouble, { detail: 'trouble' }] : this.#judge(method, url, json, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #judge(method: string, url: string, body: Record<string, unknown>, { headers }: IncomingMessage): [number, object] {
    if (url === '/auth/token')
      return body['password'] === 'hush'
        ? [201, { access_token: 'a-token' }]
        : [401, { detail: 'Invalid credentials' }];
    const known = url.startsWith('/api/v1/')
      ? ['Bearer hush', `Basic ${Buffer.from('lamp:hush').toString('base64')}`]
      : ['Bearer a-token', 'Bearer hush'];
    if (!known.includes(headers.authorization ?? '')) return [401, { title: 'Unauthorized', detail: null }];
    const [, dag, id, rest] = /^\/api\/v[12]\/dags\/([^/]+)\/dagRuns(?:\/([^/]+))?(\/taskInstances)?$/.exec(url) ?? [];
    if (dag !== 'legacy') return [404, { detail: `DAG with dag_id: '${dag}' not found` }];
    if (method === 'POST') return this.#trigger(body, url.startsWith('/api/v2/'));
    const run = this.runs.find(({ dag_run_id }) => dag_run_id === decodeURIComponent(id ?? ''));
    if (!run) return [404, { detail: `DAGRun with DAG ID: 'legacy' and DagRun ID: '${id}' not found` }];
    if (rest) return [200, { task_instances: this.tasks, total_entries: this.tasks.length }];
    if (method === 'PATCH') run.state = String(body['state']);
    return [200, run];
  }

  #trigger(body: Record<string, unknown>, isV2: boolean): [number, object] {
    const { dag_run_id, logical_date, conf } = body as { dag_run_id: string; logical_date?: string; conf: unknown };
    if (isV2 && logical_date === undefined)
      return [422, { detail: [{ loc: ['body', 'logical_date'], type: 'missing' }] }];
    if (!/^[A-Za-z0-9_.~:+-]+$/.test(dag_run_id))
      return [400, { detail: `The run_id provided '${dag_run_id}' does not match` }];
    if (this.runs.some((run) => run.dag_run_id === dag_run_id || run.logical_date === logical_date))
      return [409, { detail: `DAGRun with DAG ID: 'legacy' and DAGRun ID: '${dag_run_id}' already exists` }];
    const run = {
      dag_run_id,
      logical_date: logical_date ?? '',
      conf,
      state: 'queued',
      start_date: null,
      end_date: null,
    };
    this.runs.push(run);
    return [200, run];
  }
}
