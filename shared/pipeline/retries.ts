/** Asking again cannot help with these, nor is there time after the last. */
export const IN_VAIN = [
  ...['InvalidInput', 'UnknownWorkload', 'ConfigurationMissing', 'AccessDeniedException', 'UnauthorizedOperation'],
  'DeadlineExceeded',
];

/** AWS's own troubles are outlasted, whatever the stage file says of the job's. */
export const OUTLAST = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 30, MaxAttempts: 6 };

/** While a job goes on, giving up would leave it behind. */
export const OUTLAST_LONG = { ...OUTLAST, MaxDelaySeconds: 60, MaxAttempts: 40 };

/** Asked until it is done; who is asked says when the deadline has come. */
export const POLL = { IntervalSeconds: 5, BackoffRate: 1.3, MaxDelaySeconds: 30, MaxAttempts: 99999 };

/** Lambda has not run the function: what that itself fails with has other names. */
export const NOT_INVOKED = { ErrorEquals: ['Lambda.TooManyRequestsException', 'Lambda.ServiceException'], ...OUTLAST };
