/** What the catcher of a state machine keeps of an error. */
export interface Caught {
  Error: string;
  Cause?: string;
}

/** The cause of a failure as Lambda and the agent wrap it: a JSON object with the message, or plain text. */
export interface Cause {
  errorMessage?: string;
  message?: string;
  /** The agent's word for the message. */
  reason?: string;
  /** Null from the agent where there is none. */
  exitCode?: number | null;
  /** Of the agent's clean-up hook. */
  cleanupExitCode?: number | null;
  startedAt?: string;
  endedAt?: string;
  log?: string;
  /** What a step of a pipeline reported before it failed. */
  numbers?: Record<string, number>;
}

/** Reads a cause, also one that a handler put into its own message. */
export function readCause(cause = ''): Cause {
  try {
    const outer = JSON.parse(cause) as Cause;
    return outer.errorMessage?.startsWith('{') ? (JSON.parse(outer.errorMessage) as Cause) : outer;
  } catch {
    // Not JSON: the direct integrations give plain text.
    return { message: cause };
  }
}

/** An error for people: its name and its message, without the wrapping. */
export function describeCaught({ Error: name, Cause }: Caught): string {
  const cause = readCause(Cause);
  const message = cause.message ?? cause.errorMessage ?? cause.reason;
  return message ? `${name}: ${message}` : name;
}
