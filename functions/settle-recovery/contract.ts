import * as z from 'zod/mini';
import { input as state } from '../choose-rung/contract.ts';
import { caught } from '../settle-run/contract.ts';

/** The state of the machine at its end. */
export const recoveryEnd = state;

export type RecoveryEnd = z.output<typeof recoveryEnd>;

/** What it was asked for, where it could not even be decided whether it may. */
const notAdmitted = z.object({ request: z.unknown(), execution: z.string(), error: caught });

export const input = z.union([recoveryEnd, notAdmitted]);

export type Input = z.output<typeof input>;

export const output = z.object({ status: z.string(), reason: z.optional(z.string()) });

export type Output = z.output<typeof output>;
