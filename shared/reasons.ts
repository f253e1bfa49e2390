/**
 * Why a run did not go on or did not end well, as it is recorded; `{}` stands for a word and `{text}` for several. The
 * record is in English and stays so; since code and words share these constants, notices can say it in any language.
 */
export const REASONS = {
  late: 'late: delivered {} minutes after its time',
  hoursOver: 'late: its hours are over',
  withinHours: 'within its hours',
  busy: 'busy: the run of {text} is still going on',
  breakerOpen: 'breaker open: {} failures in a row; resume {} to close it',
  overBudget: 'over budget: {} of {} US dollars spent today, nothing new until {} or resumed',
  skippedUntil: 'skipped by {text} until {}: {text}',
  skipped: 'skipped by {text}: {text}',
  pausedUntil: 'paused by {text} until {}: {text}',
  paused: 'paused by {text}: {text}',
  stagePausedUntil: 'the stage is paused by {text} until {}: {text}',
  stagePaused: 'the stage is paused by {text}: {text}',
  keptUntil: 'kept by {text} until {}: {text}',
  kept: 'kept by {text}: {text}',
  stoppedBy: 'stopped by {text}: {text}',
  unknown: 'no reason given',
  alreadyUp: 'already up',
  alreadyGone: 'already gone',
  unnamed: 'the stage file does not name it any more',
  jobEnded: 'the job ended {text} with exit code {}',
  jobTooLong: 'the job was still running at its deadline',
  jobLostInstance: '{} is {} while the job runs on it',
  cleanUpFailed: 'the clean-up ended with exit code {}',
  notStopped: 'not stopped: {text}',
  executionDead: 'its execution is {text}',
  wentOn: 'it was still going on long after its deadline',
  instanceWas: 'it was {}',
  answers: 'answers {}',
  answersWithout: 'answers {} without {text}',
  noAnswerWithin: 'no answer within {} seconds',
  noAnswer: 'no answer: {text}',
  redirected: 'redirects for ever',
  refuses: 'refuses connections',
  hangsUp: 'hangs up',
  nameUnknown: 'its name is not known',
  certificateExpired: 'its certificate has expired',
  certificateOther: 'its certificate is for another name',
  certificateUntrusted: 'its certificate is not trusted',
  silent: 'silent for {} minutes',
  neverHeard: 'never heard of',
  notAsked: 'not asked in time',
} as const;

export type Reason = keyof typeof REASONS;

/** The reason as it is recorded. */
export function because(reason: Reason, ...values: (string | number)[]): string {
  return fill(REASONS[reason], values);
}

/** Which of our reasons a recorded text is; undefined for what others said. */
export const readReason = readerOf(REASONS);

export function fill(template: string, values: (string | number)[]): string {
  let next = 0;
  return template.replace(/\{(text)?\}/g, () => String(values[next++]));
}

/** What reads texts that are made of some templates. */
export function readerOf<Name extends string>(templates: Record<Name, string>) {
  const patterns = Object.entries<string>(templates).map(([name, template]): [Name, RegExp] => [
    name as Name,
    new RegExp(`^${template.replaceAll('{}', '([^\\s;]+)').replaceAll('{text}', '([\\s\\S]+?)')}$`),
  ]);
  return (text: string): { reason: Name; values: string[] } | undefined => {
    for (const [reason, pattern] of patterns) {
      const found = pattern.exec(text);
      if (found) return { reason, values: found.slice(1) };
    }
    return undefined;
  };
}

/**
 * A recorded text in other words: our own reasons, also behind the name of an error or joined to others with `; `, and
 * everything else as it is.
 */
export function retold(text: string, say: (reason: Reason, ...values: string[]) => string): string {
  const found = readReason(text);
  if (found?.reason === 'notStopped') return say('notStopped', retold(found.values[0] ?? '', say));
  if (found) return say(found.reason, ...found.values);
  if (text.includes('; '))
    return text
      .split('; ')
      .map((part) => retold(part, say))
      .join('; ');
  const [, name, rest] = /^([A-Z][\w.]*): ([\s\S]+)$/.exec(text) ?? [];
  return name && rest ? `${name}: ${retold(rest, say)}` : text;
}
