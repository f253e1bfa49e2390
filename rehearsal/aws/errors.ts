/** An error as the SDK throws it: its name is AWS's error code. */
export class AwsError extends Error {
  readonly $fault = 'client';
  readonly $metadata = {};
  /** Members of a modelled exception, such as the `Item` of a failed condition. */
  readonly members: Record<string, unknown>;

  constructor(code: string, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.name = code;
    this.members = members;
    Object.assign(this, members);
  }
}

/** Codes that the SDK tries again by itself. */
const THROTTLES = [
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'InternalServerError',
];

export function isThrottle(error: unknown): boolean {
  return error instanceof Error && THROTTLES.includes(error.name);
}

const PREFIXES: Record<string, string> = {
  ec2: 'Ec2',
  ssm: 'Ssm',
  scheduler: 'Scheduler',
  dynamodb: 'DynamoDB',
  sns: 'SNS',
  sqs: 'Sqs',
  sfn: 'Sfn',
  cloudformation: 'CloudFormation',
  ecr: 'Ecr',
  ecs: 'Ecs',
  cloudwatchlogs: 'CloudWatchLogs',
  autoscaling: 'AutoScaling',
};

/** Exceptions that the services' models know; any other code reaches a state machine as the service's base exception. */
const MODELLED: Record<string, RegExp> = {
  ec2: /^$/,
  ssm: /^(InvalidInstanceId|InvalidCommandId|TooManyUpdates|ParameterNotFound|InternalServerError|InvocationDoesNotExist)(Exception)?$/,
  scheduler: /^(Conflict|ResourceNotFound|Throttling|Validation|InternalServer|ServiceQuotaExceeded)Exception$/,
  dynamodb: /Exception$/,
  sns: /Exception$/,
  sqs: /^(QueueDoesNotExist|\w*Batch\w*|InvalidMessageContents|RequestThrottled)$/,
  sfn: /^/,
  cloudformation: /^(AlreadyExists|InsufficientCapabilities|LimitExceeded|TokenAlreadyExists)Exception$/,
  ecr: /Exception$/,
  ecs: /Exception$/,
  cloudwatchlogs: /Exception$/,
  autoscaling: /^(\w+Fault|\w+Exception)$/,
};

/**
 * The name under which a state machine's `ErrorEquals` sees an error of a direct integration.
 *
 * @source Step Functions developer guide, "AWS SDK service integrations": the service prefix and the exception of the
 * Java SDK; EC2's model has no exceptions, so every error of it is `Ec2.Ec2Exception`, and CloudFormation's has none for
 * a ValidationError.
 */
export function integrationError(service: string, error: Error): Error {
  const prefix = PREFIXES[service] ?? service;
  const isModelled = MODELLED[service]?.test(error.name) ?? false;
  const name = isModelled ? error.name : prefix;
  const seen = new Error(`${error.message} (Service: ${prefix}, Status Code: 400, Error Code: ${error.name})`);
  seen.name = `${prefix}.${name.endsWith('Exception') ? name : `${name}Exception`}`;
  return seen;
}
