import { answer } from '../apart.ts';
import type { Served } from './serve.ts';

// A world that goes on with the clock on the wall, in a process of its own.
answer(async (served: Served, say) => (await import('./serve.ts')).serve(served, say));
