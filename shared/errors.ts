/**
 * The named failures of Lamplighter. A name is a contract: state machines match it in `ErrorEquals`, so it is
 * written out (a minifier renames classes, not strings) and is never changed without changing the machines.
 */

/** The event did not fit the function's contract; the message names each path that is wrong. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
}

/** An environment variable or file that the deployment should have supplied is missing. */
export class ConfigurationMissing extends Error {
  override name = 'ConfigurationMissing';
}

/** The event names a workload that the stage file does not know. */
export class UnknownWorkload extends Error {
  override name = 'UnknownWorkload';
}

/** The instance is on its way to the wanted state; ask again. */
export class InstanceNotReady extends Error {
  override name = 'InstanceNotReady';
}

/** The instance is still stopping, so it cannot be started yet; ask again. */
export class InstanceStopping extends Error {
  override name = 'InstanceStopping';
}

/** The instance is terminated (or being terminated): there is nothing left to operate. */
export class InstanceTerminated extends Error {
  override name = 'InstanceTerminated';
}

/** The instance stopped although the run still needs it: somebody stopped it, or it stopped itself. */
export class InstanceStopped extends Error {
  override name = 'InstanceStopped';
}

/** No instance has this id in this account and region. */
export class InstanceNotFound extends Error {
  override name = 'InstanceNotFound';
}

/** A shutdown from inside would terminate the instance, so a job that powers it off must not run (law 4). */
export class ShutdownWouldTerminate extends Error {
  override name = 'ShutdownWouldTerminate';
}

/** The job is still running; ask again. */
export class CommandInProgress extends Error {
  override name = 'CommandInProgress';
}

/** The job ended with an exit code other than zero, or Systems Manager could not run it. */
export class JobFailed extends Error {
  override name = 'JobFailed';
}

/** The HTTP call of a step failed: no answer, or another one than is expected. */
export class HttpFailed extends Error {
  override name = 'HttpFailed';
}

/** The DAG run is still queued or running in Airflow; ask again. */
export class DagInProgress extends Error {
  override name = 'DagInProgress';
}

/** The DAG run failed, or Airflow does not take it. */
export class DagFailed extends Error {
  override name = 'DagFailed';
}

/** The job was still running when the run's deadline came. */
export class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded';
}

/** The run is to be begun again, and what came of it before is not said yet; ask again. */
export class RunUnsettled extends Error {
  override name = 'RunUnsettled';
}

/** A person keeps it on; ask again. */
export class Kept extends Error {
  override name = 'Kept';
}

/** The stack is being created, updated, rolled back or deleted; ask again. */
export class StackInProgress extends Error {
  override name = 'StackInProgress';
}

/** The stack could not be created or updated; the message names the innermost resource and AWS's reason. */
export class StackFailed extends Error {
  override name = 'StackFailed';
}

/** The stack could not be deleted; the message names what holds it. */
export class StackNotDeleted extends Error {
  override name = 'StackNotDeleted';
}

/** The stack is in a state that only a person can lead it out of. */
export class StackNeedsPerson extends Error {
  override name = 'StackNeedsPerson';
}

/** Deleting the stack would lose data that nobody gave up. */
export class DataWouldBeLost extends Error {
  override name = 'DataWouldBeLost';
}

/** The repository of images does not exist. */
export class RepositoryNotFound extends Error {
  override name = 'RepositoryNotFound';
}

/** The repository has no image with a tag of this pattern. */
export class ImageNotFound extends Error {
  override name = 'ImageNotFound';
}

/** The environment or the service does not answer as it should (yet); ask again. */
export class NotHealthy extends Error {
  override name = 'NotHealthy';
}

/** Whether the service is well cannot be told: our own network may fail, or there was no time to ask; ask again. */
export class NobodyKnows extends Error {
  override name = 'NobodyKnows';
}

/** The service did not come up within the time that the step has. */
export class StillDown extends Error {
  override name = 'StillDown';
}

/** A channel refused or did not answer; the message stays in the queue. */
export class ChannelUnavailable extends Error {
  override name = 'ChannelUnavailable';
}

/** The channel's webhook is not there any more: a person has to make a new one; until then the message stays in the queue. */
export class WebhookDeleted extends Error {
  override name = 'WebhookDeleted';
}

/** A queue could not be read or cleaned; the message says why in plain words, and holds no secret. */
export class QueueUnreadable extends Error {
  override name = 'QueueUnreadable';
}

/** Somebody else gave a contrary order in the same moment, and theirs was written first; the message says who and what. */
export class ContraryOrder extends Error {
  override name = 'ContraryOrder';
}

/** An unknown value as an Error, for places that caught something. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
