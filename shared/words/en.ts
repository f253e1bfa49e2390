import { type Reason, because as record } from '../reasons.ts';

export * from './en/advice.ts';
export * from './en/emergency.ts';
export * from './en/environments.ts';
export * from './en/messages.ts';
export * from './en/runs.ts';

/** What code of ours recorded: the record is in these words. */
export const reason = (name: Reason, ...values: string[]) => record(name, ...values);
