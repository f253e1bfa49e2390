import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { env } from '../env.ts';

const scheduler = new SchedulerClient({});

/**
 * Takes the one-time schedule away that would stop the instance by itself. To be called when the instance is seen
 * stopped, and then always: a schedule left behind would stop the job of a later run.
 */
export async function disarmSafetyStop(name: string): Promise<void> {
  try {
    await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: env('SAFETY_GROUP') }));
  } catch (error) {
    // It fired and deleted itself, or was never made.
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
  }
}
