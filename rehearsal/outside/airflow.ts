import type { Request } from '../outside.ts';
import type { World } from '../world.ts';
import { answer, type Response } from './receiver.ts';
import type { Course, OfStep, PipelineSteps } from './steps.ts';

interface DagRun {
  dag: string;
  id: string;
  date: string;
  state: 'queued' | 'running' | 'success' | 'failed';
  course: Course;
  startedAt?: string;
  endedAt?: string;
}

/** What a rehearsal knows of an Airflow. */
interface Known {
  url: string;
  api: 1 | 2;
  username?: string;
  secret: string;
}

const QUEUED_MS = 2000;

/**
 * An Airflow, as far as its REST API has DAG runs begun, looked at and given up.
 *
 * @source https://airflow.apache.org/docs/apache-airflow/2.11.0/stable-rest-api-ref.html: 409 for a `dag_run_id` or a logical
 * date that is there; https://airflow.apache.org/docs/apache-airflow/stable/security/api.html: Airflow 3 wants tokens
 */
export class Airflow {
  readonly #world: World;
  readonly #steps: PipelineSteps;
  readonly #known: Known;
  readonly #runs = new Map<string, DagRun>();
  readonly #token: string;

  constructor(world: World, steps: PipelineSteps, known: Known) {
    this.#world = world;
    this.#steps = steps;
    this.#known = known;
    this.#token = known.username === undefined ? known.secret : `token of ${known.username}`;
  }

  answer({ method, url, body, headers = {} }: Request): Response {
    const path = url.slice(this.#known.url.length).replace(/^\/+/, '/');
    if (method === 'post' && path === '/auth/token') return this.#giveToken(body);
    if (!this.#isKnown(headers['authorization'] ?? '')) return answer(401, { title: 'Unauthorized' });
    const [, dag = '', id, more] = path.match(/^\/api\/v\d\/dags\/([^/]+)\/dagRuns(?:\/([^/]+))?(?:\/(\w+))?$/) ?? [];
    if (!dag || !path.startsWith(`/api/v${this.#known.api}/`)) return answer(404, { title: 'Not Found' });
    if (method === 'post') return this.#trigger(decodeURIComponent(dag), body as Trigger);
    const run = this.#runs.get(`${decodeURIComponent(dag)} ${decodeURIComponent(id ?? '')}`);
    if (!run) return answer(404, { title: 'DAGRun not found' });
    if (method === 'patch') this.#end(run, 'failed');
    if (more !== 'taskInstances') return answer(200, described(run));
    const state = run.state === 'failed' ? 'failed' : 'success';
    return answer(200, { task_instances: [{ task_id: 'work', state }] });
  }

  #giveToken(body: unknown): Response {
    const { username, password } = (body ?? {}) as { username?: string; password?: string };
    const isRight = this.#known.api === 2 && username === this.#known.username && password === this.#known.secret;
    return isRight ? answer(201, { access_token: this.#token }) : answer(401, { detail: 'Invalid credentials' });
  }

  #isKnown(authorization: string): boolean {
    const { api, username, secret } = this.#known;
    if (api === 1 && username !== undefined)
      return authorization === `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    return authorization === `Bearer ${this.#token}`;
  }

  #trigger(dag: string, { dag_run_id: id, logical_date: date, conf }: Trigger): Response {
    const isThere = [...this.#runs.values()].some((run) => run.dag === dag && (run.id === id || run.date === date));
    if (isThere) return answer(409, { title: 'Conflict', detail: `DAGRun with DAG ID '${dag}' is there already` });
    const course = this.#steps.begin(conf.lamplighter);
    const run: DagRun = { dag, id, date, course, state: 'queued' };
    this.#runs.set(`${dag} ${id}`, run);
    void this.#work(run);
    return answer(200, described(run));
  }

  async #work(run: DagRun): Promise<void> {
    const { clock } = this.#world;
    await clock.sleep(QUEUED_MS);
    if (run.state !== 'queued') return;
    Object.assign(run, { state: 'running', startedAt: new Date(clock.now).toISOString() });
    if (run.course.milliseconds === Number.POSITIVE_INFINITY) return;
    await clock.sleep(run.course.milliseconds);
    this.#end(run, run.course.exitCode === 0 ? 'success' : 'failed');
  }

  #end(run: DagRun, state: 'success' | 'failed'): void {
    if (run.state === 'success' || run.state === 'failed') return;
    Object.assign(run, { state, endedAt: new Date(this.#world.clock.now).toISOString() });
    this.#steps.end(run.course, state === 'success');
  }
}

interface Trigger {
  dag_run_id: string;
  logical_date: string;
  conf: { lamplighter: OfStep };
}

function described({
  dag,
  id,
  date,
  state,
  startedAt = null,
  endedAt = null,
}: Omit<DagRun, 'startedAt' | 'endedAt'> & { startedAt?: string | null; endedAt?: string | null }): object {
  return { dag_id: dag, dag_run_id: id, logical_date: date, state, start_date: startedAt, end_date: endedAt };
}
