import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { emulatorsFolder, INSTALL, startEmulators } from '../emulator/emulators.ts';
import { CLAUSES as FIRST_CLAUSES } from './clauses.ts';
import { PIPELINE_CLAUSES } from './pipeline-clauses.ts';
import { QUEUE_CLAUSES } from './queue-clauses.ts';
import { RECOVERY_CLAUSES } from './recovery-clauses.ts';
import { STACK_CLAUSES } from './stack-clauses.ts';

const CLAUSES = [...FIRST_CLAUSES, ...STACK_CLAUSES, ...RECOVERY_CLAUSES, ...QUEUE_CLAUSES, ...PIPELINE_CLAUSES];

/** Where the emulators differ from AWS's documentation, which wins: the clause, and what they do instead. */
const DIFFERENCES: Record<string, string> = {
  'EC2: a terminated instance cannot be started: IncorrectInstanceState': 'ministack 1.5.33 starts it',
  'EC2: a filter by ids finds those that there are, and says no error of the others':
    'ministack 1.5.33 does not look at the filter',
  'EC2: an instance that was started and stopped says when it was, to the second':
    'ministack 1.5.33 does not say why and when it stopped',
  'Step Functions: the same name and input of a running execution is the same execution': 'ministack 1.5.33 refuses it',
  'Systems Manager: a command to an instance whose agent is not online is InvalidInstanceId':
    'moto 5.2.5 takes it for any instance',
  'Step Functions: a token that was answered is TaskTimedOut': 'ministack 1.5.33 says TaskDoesNotExist',
  'Systems Manager: commands are listed by whether they go on, and by when they were sent':
    'moto 5.2.5 does not look at the filters',
  'ECS: a task that never was is InvalidParameterException': 'moto 5.2.5 answers with 500, in HTML',
  'Systems Manager: a command that never was is InvocationDoesNotExist': 'moto 5.2.5 says InvalidCommandId',
  'CloudFormation: a nested stack names its parent and its root': 'ministack 1.5.33 does not say',
  'CloudFormation: a creation that is asked for again with its token is the same stack':
    'ministack 1.5.33 says AlreadyExistsException',
  'ECR: images come in pages of as many as were asked for': 'ministack 1.5.33 gives all at once, as moto 5.2.5 does',
  'ECS: a new deployment of the same tasks is PRIMARY, beside what it replaces':
    'moto 5.2.5 makes none where the tasks are the same',
  'Application Auto Scaling: a minimum over the maximum is ValidationException': 'moto 5.2.5 takes it',
  'Auto Scaling: an instance of no group is ValidationError': 'moto 5.2.5 says InvalidInstanceID.NotFound',
  'SNS: a message for each protocol needs a default': 'ministack 1.5.33 takes it without',
};

const folder = emulatorsFolder();
if (!folder && process.env['CI']) throw new Error(`no emulators: ${INSTALL}`);

async function results(...endpoints: string[]): Promise<Map<string, string | undefined>> {
  const { stdout } = await promisify(execFile)('node', ['test/contract/run.ts', ...endpoints], {
    timeout: 240_000,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return new Map((JSON.parse(stdout) as { says: string; error?: string }[]).map(({ says, error }) => [says, error]));
}

describe("the rehearsal's model", () => {
  test.each(CLAUSES.map(({ says, source }) => [says, source]))('%s (%s)', async (says) => {
    expect((await ofModel()).get(says)).toBeUndefined();
    expect((await ofModel()).has(says)).toBe(true);
  });
});

(folder ? describe : describe.skip)(`the emulators${folder ? '' : `, which are not installed: ${INSTALL}`}`, () => {
  test.each(CLAUSES.filter(({ says }) => !(says in DIFFERENCES)).map(({ says }) => says))('%s', async (says) => {
    expect((await ofEmulators()).get(says)).toBeUndefined();
  });

  test.each(Object.entries(DIFFERENCES))('not yet: %s (%s)', async (says) => {
    // The day that this fails the emulator has learned it: take it out of the list.
    expect((await ofEmulators()).get(says)).toBeDefined();
  });
});

let model: ReturnType<typeof results> | undefined;
function ofModel(): ReturnType<typeof results> {
  model ??= results();
  return model;
}

let emulated: ReturnType<typeof results> | undefined;
function ofEmulators(): ReturnType<typeof results> {
  emulated ??= (async () => {
    const emulators = await startEmulators(folder ?? '', { authorises: false });
    try {
      return await results(emulators.endpoint, emulators.ssmEndpoint);
    } finally {
      emulators.stop();
    }
  })();
  return emulated;
}
