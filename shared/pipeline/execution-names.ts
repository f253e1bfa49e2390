/** Names of executions of pipelines: of two with the same name Step Functions begins one alone. */

/** What of a run's key may be in a name. */
export function digitsOf({ key }: { key: string }): string {
  return key.replace(/\D/g, '');
}

/** Of a run that was due and has no record: whoever finds that first begins it. */
export function sweptName(pipeline: string, run: { key: string }): string {
  return `${pipeline}-${digitsOf(run)}-swept`;
}
