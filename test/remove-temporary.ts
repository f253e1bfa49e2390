// After all tests: removes what they, and the programs that they started, have left in the temporary folder of this run.
import { rmSync } from 'node:fs';
import { made } from './package-stages.ts';

export default function removeTemporary(): void {
  if (made.folder) rmSync(made.folder, { recursive: true, force: true, maxRetries: 5 });
}
