/** Where to look. Without `health` the status page alone decides, without `status` the application's own health. */
export interface Sources {
  /** The address of Lamplighter's `/status.json`. */
  status?: string | undefined;
  /** What the stage file calls it; with `status`. */
  workload?: string | undefined;
  /** An address of the application that answers 200 to 299 while it is well, `/actuator/health`. */
  health?: string | undefined;
  /** A text that is in the answer of `health` while it is well, `"UP"`. */
  contains?: string | undefined;
}

/** How the application is, as far as this page knows. Instants are ISO 8601. */
export interface Status {
  /** `unknown`, where nothing has answered yet or nobody can say, hides nothing. */
  readonly state: 'up' | 'down' | 'unknown';
  /** A code of Lamplighter's, `hours`, `starting` …; missing where only `health` says that it is down. */
  readonly why?: string;
  readonly since?: string;
  /** When it is switched on next. */
  readonly opensAt?: string;
  /** By when it is switched off again. */
  readonly closesAt?: string;
}
