import { answer } from './apart.ts';
import type { Rehearsal } from './run.ts';

// One rehearsal, in a process of its own. What it needs is loaded when it is asked for.
answer(async (rehearsal: Rehearsal, say) => (await import('./run.ts')).run(rehearsal, say));
