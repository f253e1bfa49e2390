import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { type Bench, type Row, round } from './bench.ts';

const A_SECOND = 200;
const SECONDS = 30;
const TURN_MS = 10;
/** What is asked for, by turns: mostly what front ends ask. */
const PATHS = ['status.json', 'status.json?workload=chat-app', 'status.json', 'history.json', ''];

/** What the status page's server, started as people start it, takes for half a minute. */
export const load: Bench = {
  name: 'load',
  async run(progress) {
    progress('sls serve');
    const server = spawn('sls', ['serve', '--stage', 'dev'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [address] = (await once(createInterface(server.stdout), 'line')) as [string];
      return [await press(address, progress)];
    } finally {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  },
};

/** Asks so many times a second, whether or not what was asked before is answered. */
async function press(address: string, progress: (text: string) => void): Promise<Row> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const asked: Promise<{ status: number; ms: number }>[] = [];
  const begun = performance.now();
  while (asked.length < A_SECOND * SECONDS) {
    const due = Math.min(A_SECOND * SECONDS, Math.floor(((performance.now() - begun) / 1000) * A_SECOND));
    while (asked.length < due) asked.push(ask(`${address}${PATHS[asked.length % PATHS.length]}`, agent));
    progress(`${asked.length} of ${A_SECOND * SECONDS}`);
    await new Promise((turn) => setTimeout(turn, TURN_MS));
  }
  const sent = (performance.now() - begun) / 1000;
  const answers = await Promise.all(asked);
  agent.destroy();
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    what: `${A_SECOND} requests a second for ${SECONDS} s`,
    measured: {
      requests: answers.length,
      'a second': round(answers.length / sent),
      errors: answers.filter(({ status }) => status !== 200).length,
      'ms (median)': round(times[Math.floor(times.length / 2)] ?? Number.NaN),
      'ms (99 %)': round(times[Math.floor(times.length * 0.99)] ?? Number.NaN),
    },
    budget: { errors: 0, 'ms (99 %)': 1000 },
  };
}

/** @returns 0 as the status of one that had no answer */
function ask(url: string, agent: Agent): Promise<{ status: number; ms: number }> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const answered = (status: number) => resolve({ status, ms: performance.now() - begun });
    get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      response.resume().on('end', () => answered(response.statusCode ?? 0));
    }).on('error', () => answered(0));
  });
}
