/** Asking again cannot help with these, nor is there time after the last. */
export const IN_VAIN = [
  ...['InvalidInput', 'UnknownWorkload', 'ConfigurationMissing', 'AccessDeniedException', 'UnauthorizedOperation'],
  'DeadlineExceeded',
];

/** AWS's own troubles are outlasted, whatever the stage file says of the job's. */
export const OUTLAST = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 30, MaxAttempts: 6 };

/** While a job goes on, giving up would leave it behind. */
export const OUTLAST_LONG = { ...OUTLAST, MaxDelaySeconds: 60, MaxAttempts: 40 };

/**
 * Asked until it is done; who is asked says when the deadline has come. What may take a day is asked less often: each time is
 * three events of the execution's history, which has 25,000 at most.
 *
 * @param seconds how long it may take
 */
export function poll(seconds: number) {
  const MaxDelaySeconds = Math.min(300, Math.max(30, Math.round(seconds / 100)));
  return { IntervalSeconds: 5, BackoffRate: 1.3, MaxDelaySeconds, MaxAttempts: 99999 };
}

/** Lambda has not run the function: what that itself fails with has other names. */
export const NOT_INVOKED = { ErrorEquals: ['Lambda.TooManyRequestsException', 'Lambda.ServiceException'], ...OUTLAST };
