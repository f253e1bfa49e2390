import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../../agent/', import.meta.url));
export const agent = join(folder, 'lamplighter-agent.sh');
export const token = 'AQCEAAAAKgAAAAMAAAAAAAAAAd0c/SECRET+token==';

/** All that the agent may count on besides `aws` and `shutdown`; a tool that is not listed is not found. */
const coreutils =
  'cat chmod cp date env head id ln ls mkdir mv nohup readlink rm seq sleep stat sync tail tee timeout touch tr wc';

export type Handover = Partial<Record<'RUN' | 'DEADLINE' | 'COMMAND' | 'DIRECTORY' | 'USER' | 'TASK_TOKEN', string>> &
  Record<`ENV_${string}`, string>;

/** The shells that this computer has, each program once: `sh` is dash here and bash in POSIX mode on Amazon Linux. */
export function shells(): string[][] {
  const found = new Map<string, string[]>();
  for (const shell of [['sh'], ['dash'], ['bash', '--posix']]) {
    const program = which(shell[0] ?? '');
    if (program && !found.has(realpathSync(program))) found.set(realpathSync(program), shell);
  }
  return [...found.values()];
}

export function which(program: string): string | undefined {
  const folders = `${process.env['PATH']}:/usr/sbin:/usr/bin:/sbin:/bin`.split(':');
  return folders.map((path) => join(path, program)).find((path) => existsSync(path));
}

/** A machine of the agent's own in a temporary folder: its state survives boots, and its AWS records every call. */
export class Machine {
  readonly home = mkdtempSync(join(tmpdir(), 'lamplighter-agent-'));
  shell: string[] = ['sh'];
  private readonly agents: ChildProcess[] = [];

  constructor() {
    for (const path of ['bin', 's3', 'faults', 'job']) mkdirSync(this.path(path));
    for (const tool of [...coreutils.split(' '), 'setsid']) {
      const program = which(tool);
      if (program) symlinkSync(program, this.path('bin', tool));
    }
    this.program('aws', awsStub(this.home));
    this.program(
      'shutdown',
      `echo "$*" >>${this.home}/shutdown\n[ ! -e ${this.home}/faults/shutdown ] || [ "$2" = now ]`,
    );
    rmSync(this.path('bin/date'));
    this.program(
      'date',
      `if [ "$1" = +%s ]; then echo $(($(${which('date')} +%s) + $(cat ${this.path('passed')}))); else exec ${which('date')} "$@"; fi`,
    );
    this.passTime(0);
    this.configure({});
  }

  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  /** Writes agent.conf: quick where the real one is patient. */
  configure(settings: Record<string, string | number>): void {
    const quick = {
      PARAMETER: '/lamplighter/dev/makenaide/job',
      LOG_BUCKET: 's3://example-logs/makenaide',
      STATE_DIRECTORY: this.path('state'),
      LOG_DIRECTORY: this.path('log'),
      WAIT_FOR_JOB_SECONDS: 60,
      POLL_SECONDS: 0.1,
      REPORT_PAUSES: '0.1 0.1 0.1 0.1',
      HEARTBEAT_SECONDS: 1,
      KILL_AFTER_SECONDS: 10,
    };
    const lines = Object.entries({ ...quick, ...settings }).map(([key, value]) => `${key}='${value}'\n`);
    writeFileSync(this.path('agent.conf'), lines.join(''));
  }

  program(name: string, body: string): void {
    rmSync(this.path('bin', name), { force: true });
    writeFileSync(this.path('bin', name), `#!/bin/sh\n${body}\n`);
    chmodSync(this.path('bin', name), 0o755);
  }

  /** What the state machine puts into the parameter. */
  ask(handover: Handover): void {
    const { TASK_TOKEN, ...fields } = {
      RUN: 'makenaide 2026-11-21T02:00',
      DEADLINE: inSeconds(3600),
      COMMAND: 'true',
      DIRECTORY: this.path('job'),
      TASK_TOKEN: token,
      ...handover,
    };
    const lines = Object.entries({ ...fields, TASK_TOKEN }).map(([key, value]) => `${key}=${value}`);
    writeFileSync(this.path('parameter.new'), lines.join('\n'));
    renameSync(this.path('parameter.new'), this.path('parameter'));
  }

  /** Lets the next calls of an AWS operation fail, one an error; `always` for all that follow. */
  fault(operation: string, errors: string[] | { always: string }): void {
    const always = !Array.isArray(errors);
    writeFileSync(
      this.path('faults', always ? `${operation}.always` : operation),
      `${always ? errors.always : errors.join('\n')}\n`,
    );
  }

  mend(operation: string): void {
    for (const name of [operation, `${operation}.always`]) rmSync(this.path('faults', name), { force: true });
  }

  /** Starts the agent, as systemd does at a boot. */
  start(environment: Record<string, string> = {}): Boot {
    const [program = 'sh', ...options] = this.shell;
    const child = spawn(which(program) ?? program, [...options, agent], {
      cwd: this.home,
      env: { PATH: this.path('bin'), LAMPLIGHTER_CONF: this.path('agent.conf'), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.agents.push(child);
    return new Boot(child);
  }

  async boot(environment?: Record<string, string>): Promise<Ended> {
    return this.start(environment).ended;
  }

  /** Moves the wall clock that the agent reads: a deadline passes when the test says so, however slow the computer is. */
  passTime(seconds: number): void {
    writeFileSync(this.path('passed.new'), String(seconds));
    renameSync(this.path('passed.new'), this.path('passed'));
  }

  /** The recorded AWS calls, each as its arguments joined by spaces. */
  calls(operation = ''): string[] {
    return this.lines('calls').filter((call) => call.includes(operation));
  }

  /** How the state machine was told: success with the output, or the error's name with the cause. */
  reports(): { error?: string; detail: Record<string, unknown> }[] {
    return this.calls('send-task-').flatMap((call) => {
      const json = / --(?:task-output|cause) (\{.*\}) --cli-input-json /.exec(call)?.[1];
      if (!json) return [];
      return [{ error: / --error (\S+)/.exec(call)?.[1], detail: JSON.parse(json) as Record<string, unknown> }];
    });
  }

  shutdowns(): string[] {
    return this.lines('shutdown');
  }

  lastRun(): string[] {
    return this.lines('state/last-run');
  }

  read(...parts: string[]): string {
    return existsSync(this.path(...parts)) ? readFileSync(this.path(...parts), 'utf8') : '';
  }

  lines(...parts: string[]): string[] {
    return this.read(...parts)
      .split('\n')
      .filter(Boolean);
  }

  locks(): string[] {
    return readdirSync(this.path('state')).filter((name) => name.startsWith('lock-'));
  }

  /** Ends whatever a failed test has left. */
  [Symbol.dispose](): void {
    for (const { pid } of this.agents) if (pid) kill(-pid);
    for (const pid of this.lines('job/pids')) kill(Number(pid));
    rmSync(this.home, { recursive: true, force: true });
  }
}

export type Ended = { code: number | null; output: string };

export class Boot {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(child: ChildProcess) {
    this.child = child;
    let output = '';
    child.stdout?.on('data', (text: Buffer) => {
      output += text;
    });
    child.stderr?.on('data', (text: Buffer) => {
      output += text;
    });
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}

export function inSeconds(seconds: number): string {
  return String(Math.floor(Date.now() / 1000) + seconds);
}

/** Whether a process runs; one that has ended and waits to be collected does not. */
export function runs(pid: number | string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/** Records the arguments, the input file and its mode; then fails as told, or does what little is needed. */
function awsStub(home: string): string {
  return `
cd ${home} || exit 1
printf '%s\\n' "$*" >>calls
for argument; do
  case $argument in file://*) { stat -c %a "\${argument#file://}"; cat "\${argument#file://}"; echo; } >>inputs ;; esac
done
if [ -e "faults/$2.hang" ]; then sleep 60; fi
if [ -s "faults/$2" ]; then
  head -n 1 "faults/$2" >&2
  tail -n +2 "faults/$2" >"faults/$2.rest"
  mv "faults/$2.rest" "faults/$2"
  exit 254
fi
if [ -s "faults/$2.always" ]; then cat "faults/$2.always" >&2; exit 254; fi
case $2 in
  get-parameter) cat parameter 2>/dev/null || { printf '\\nAn error occurred (ParameterNotFound) when calling the GetParameter operation:\\n' >&2; exit 254; } ;;
  cp) cp "$4" "s3/\${5##*/}" ;;
esac`;
}

export function run(program: string, ...parameters: string[]): string {
  return execFileSync(program, parameters, { encoding: 'utf8', stdio: 'pipe' });
}
