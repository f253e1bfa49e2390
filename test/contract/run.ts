import { CLAUSES } from './clauses.ts';
import { emulator } from './emulator.ts';
import { model } from './model.ts';
import { PIPELINE_CLAUSES } from './pipeline-clauses.ts';
import { QUEUE_CLAUSES } from './queue-clauses.ts';
import { RECOVERY_CLAUSES } from './recovery-clauses.ts';
import { STACK_CLAUSES } from './stack-clauses.ts';

// `node run.ts` against the model, `node run.ts ENDPOINT SSM_ENDPOINT` against an emulator: a process of its own,
// because the model's clock is the process's. Prints what each clause came to, as JSON.

const [endpoint, ssmEndpoint] = process.argv.slice(2);
const aws = endpoint && ssmEndpoint ? await emulator(endpoint, ssmEndpoint) : await model();
const results: { says: string; error?: string }[] = [];
for (const { says, holds } of [
  ...CLAUSES,
  ...STACK_CLAUSES,
  ...RECOVERY_CLAUSES,
  ...QUEUE_CLAUSES,
  ...PIPELINE_CLAUSES,
]) {
  try {
    await holds(aws);
    results.push({ says });
  } catch (error) {
    results.push({ says, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
