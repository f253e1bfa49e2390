import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Boot, which } from '../machine.ts';

export const script = fileURLToPath(new URL('../../../agent/recover/recover.sh', import.meta.url));

/** All that the script may count on; a tool that is not listed is not found. */
const TOOLS =
  'awk cat curl cut date df dirname env flock free getent grep head id ls mkdir ps readlink rm sed seq sleep sort stat tail tee timeout tr uname uptime';

export type Values = Partial<Record<string, string>>;

export interface Recovery {
  code: number | null;
  /** What the last line says. */
  said: Record<string, string>;
  output: string;
}

/** A server in a temporary folder: what keeps its processes running only records what it is told. */
export class Server {
  readonly home = mkdtempSync(join(tmpdir(), 'lamplighter-recover-'));
  shell: string[] = ['sh'];
  private readonly children: ChildProcess[] = [];

  constructor() {
    for (const folder of ['bin', 'locks', 's3']) mkdirSync(this.path(folder));
    for (const tool of TOOLS.split(' ')) this.tool(tool);
  }

  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  tool(name: string): void {
    const program = which(name);
    if (program) symlinkSync(program, this.path('bin', name));
  }

  program(name: string, body: string): void {
    rmSync(this.path('bin', name), { force: true });
    writeFileSync(this.path('bin', name), `#!/bin/sh\necho "${name} $*" >>${this.home}/calls\n${body}\n`);
    chmodSync(this.path('bin', name), 0o755);
  }

  start(values: Values, file = script): Boot {
    const [program = 'sh', ...options] = this.shell;
    const variables = Object.entries(values).map(([name, value]) => [`SSM_${name}`, value]);
    const child = spawn(which(program) ?? program, [...options, file], {
      cwd: this.home,
      env: {
        PATH: this.path('bin'),
        RECOVERY_FOLDER: this.path('saved'),
        RECOVERY_LOCKS: this.path('locks'),
        ...Object.fromEntries(variables),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.push(child);
    return new Boot(child);
  }

  async recover(values: Values, file?: string): Promise<Recovery> {
    const { code, output } = await this.start(values, file).ended;
    return { code, output, said: said(output) };
  }

  calls(text = ''): string[] {
    return this.read('calls')
      .split('\n')
      .filter((call) => call.includes(text) && call !== '');
  }

  read(...parts: string[]): string {
    return existsSync(this.path(...parts)) ? readFileSync(this.path(...parts), 'utf8') : '';
  }

  /** The folders of saved logs. */
  saved(): string[] {
    const found = this.read('saved/recovery.log') ? readdirSync(this.path('saved'), { withFileTypes: true }) : [];
    return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  /** All that was saved, as one text. */
  savedText(): string {
    return this.saved()
      .flatMap((folder) => readdirSync(this.path('saved', folder)).map((file) => this.read('saved', folder, file)))
      .join('\n');
  }

  [Symbol.dispose](): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The last line, which a machine reads. */
export function said(output: string): Record<string, string> {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('::recovery ')) throw new Error(`the last line is not for machines: ${output}`);
  return Object.fromEntries(
    last
      .split(' ')
      .slice(1)
      .map((field) => {
        const at = field.indexOf('=');
        return [field.slice(0, at), field.slice(at + 1)];
      }),
  );
}

export const PM2_VERSION = '7.0.4';
export const INSTALL_PM2 = `npm i --prefix ${join(tmpdir(), `lamplighter-pm2-${PM2_VERSION}`)} --no-audit --no-fund --ignore-scripts --omit=optional pm2@${PM2_VERSION}`;

/**
 * The real PM2, in a folder of its own: under the AGPL it cannot be a dependency of this project.
 *
 * @returns its `bin` folder; undefined where it can neither be found nor fetched
 */
export function realPm2(): string | undefined {
  const prefix = join(tmpdir(), `lamplighter-pm2-${PM2_VERSION}`);
  const bin = join(prefix, 'node_modules', '.bin');
  if (existsSync(join(bin, 'pm2'))) return bin;
  const [npm = 'npm', ...parameters] = INSTALL_PM2.split(' ');
  try {
    execFileSync(npm, parameters, { stdio: 'ignore', timeout: 120_000 });
  } catch {
    return undefined;
  }
  return existsSync(join(bin, 'pm2')) ? bin : undefined;
}
