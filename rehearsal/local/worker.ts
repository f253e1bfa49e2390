import { answer } from '../apart.ts';
import type { Local } from './run.ts';

// One run on this machine, in a process of its own. What it needs is loaded when it is asked for.
answer(async (local: Local, say) => (await import('./run.ts')).runLocally(local, say));
