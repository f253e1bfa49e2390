import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Serverless } from '../framework.ts';

/** One command of `sls ops`. */
export interface Command {
  usage: string;
  options: Record<string, Option>;
  run(context: Context): Promise<void>;
}

export interface Option {
  usage: string;
  type: 'string' | 'boolean' | 'multiple';
}

export type Options = Record<string, string | boolean | string[] | undefined>;

/** What a command works with. */
export interface Context {
  serverless: Serverless;
  options: Options;
  /** The stage file, compiled: what is deployed can be another. */
  stage: CompiledStage;
  hands: Hands;
}

/** How a command reaches the deployed stage and the person who runs it. */
export interface Hands {
  /** Asks a deployed function, `showStatus`. @throws NotAnswered */
  ask<Answer>(name: string, event: object): Promise<Answer>;
  /** Who is speaking, as it is remembered. */
  who(): Promise<string>;
  /** Starts the machine of the emergency stop by itself. @returns its execution */
  startEmergencyStop(input: { by: string; why: string }): Promise<string>;
  terminal: Terminal;
}

export interface Terminal {
  /** Whether somebody is there to be asked. */
  isInteractive: boolean;
  /** The result, on stdout. */
  write(text: string): void;
  /** What is beside the result, on stderr. */
  note(text: string): void;
  question(text: string): Promise<string>;
  clear(): void;
  /** @returns whether to go on */
  sleep(milliseconds: number): Promise<boolean>;
}

/** Something that a command will not do, with how to have it done. */
export class Refused extends Error {
  override name = 'Refused';

  constructor(message: string) {
    super(message);
    // The framework prints the stack of errors that it does not know.
    this.stack = message;
  }
}

export const STAGE_FILE: Record<string, Option> = {
  'stage-file': { usage: 'Another stage file than stages/<stage>.yml', type: 'string' },
};
export const WORKLOAD: Record<string, Option> = {
  workload: { usage: 'The workload; the whole stage without it', type: 'string' },
};
export const JSON_TOO: Record<string, Option> = { json: { usage: 'Print JSON', type: 'boolean' } };

/** An option that is a text, where it is given. */
export function text(options: Options, name: string): string | undefined {
  const found = options[name];
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
