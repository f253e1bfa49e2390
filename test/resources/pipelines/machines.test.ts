import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import fc from 'fast-check';
import { loadEstate } from '../../../resources/estate.ts';
import { definitionOf } from '../../../resources/pipelines/definition.ts';
import { functionsIn } from '../../../resources/pipelines/refs.ts';
import { pipelines } from '../../../resources/pipelines.ts';
import type { State, States } from '../../../shared/pipeline/states.ts';
import type { PipelineStep, PipelineWorkload, StepWork } from '../../../shared/stage/compiled.ts';
import { anySteps } from '../../shared/pipeline/graphs.ts';

type Statement = { Action: string | string[]; Resource: unknown; Condition?: unknown };
type Resource = { Type: string; Properties: Record<string, unknown> };

const everything = loadEstate('dev', 'test/fixtures/pipelines.yml', new Date('2026-11-01'));
const example = loadEstate('dev', 'examples/daily-batch.yml', new Date('2026-11-01'));
const resources = pipelines(everything) as Record<string, Resource>;

const ANY = 'arn:aws:lambda:ap-northeast-2:123456789012:function:any';
const errorsOf = (definition: object) => {
  const { isValid, errorsText } = aslValidator(JSON.parse(JSON.stringify(definition).replace(/\$\{\w+\}/g, ANY)));
  return isValid ? '' : errorsText();
};
const pipeline = (estate: typeof example, name: string) => estate.workloads[name] as PipelineWorkload;
const statesIn = ({ States }: States): [string, State][] =>
  Object.entries(States).flatMap(([name, state]) => [[name, state], ...(state.Branches ?? []).flatMap(statesIn)]);
const statementsOf = (role: string) => {
  const [policy] = (resources[role]?.Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  return policy?.PolicyDocument.Statement ?? [];
};
const actionsOf = (role: string) => statementsOf(role).flatMap(({ Action }) => Action);

describe('the machine of a pipeline', () => {
  test('the example - its picture is the pipeline, between Admit and Settle', () => {
    const { Comment, StartAt, States } = definitionOf(pipeline(example, 'collection'));
    expect(Comment).toBe('check → (kospi | kosdaq | indices) → save → log');
    expect(StartAt).toBe('Admit');
    expect(Object.keys(States)).toEqual([
      ...['Admit', 'Say not admitted', 'Not admitted', 'Is admitted', 'Wait for the run before', 'Already handled'],
      ...['Arm watch', 'Begin check', 'Is check to run', 'check', 'Await check', 'End check'],
      'kospi, kosdaq and indices side by side',
      ...['Begin save', 'Is save to run', 'Tries of save', 'End save'],
      ...['Begin log', 'Is log to run', 'log', 'Await log', 'End log', 'Settle', 'Settled'],
    ]);
  });

  test.each(['everything', 'tangle', 'last'])('%s - is valid, and every path of its top ends in Settle', (name) => {
    const definition = definitionOf(pipeline(everything, name));
    expect(errorsOf(definition)).toBe('');
    const ends = Object.entries(definition.States).filter(([, { End, Type }]) => End || Type === 'Fail');
    expect(ends.map(([state]) => state)).toEqual(['Not admitted']);
    expect(definition.States['Settle']).toMatchObject({ Next: 'Settled' });
  });

  test('a run that has to wait - asks again with the request of its execution', () => {
    const { States } = definitionOf(pipeline(everything, 'last'));
    expect(States['Wait for the run before']).toEqual({ Type: 'Wait', Seconds: 60, Next: 'Admit' });
    expect(States['Admit']).toMatchObject({ Parameters: { 'request.$': '$$.Execution.Input' } });
    expect(States['Is admitted']?.['Choices']).toContainEqual({
      ...{ Variable: '$.decision', StringEquals: 'run', Next: 'Begin cluster' },
    });
  });

  test('a warning for its duration - armed before the first step, and its failure stops nothing', () => {
    const { States } = definitionOf(pipeline(everything, 'everything'));
    expect(States['Arm watch']).toMatchObject({
      Parameters: { 'Name.$': '$.run.watch.name', ActionAfterCompletion: 'DELETE' },
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.unwatched', Next: 'pull and own side by side' }],
      Next: 'pull and own side by side',
    });
    expect(definitionOf(pipeline(everything, 'last')).States).not.toHaveProperty(['Arm watch']);
  });

  test('any pipeline of 60 steps of any sorts - is valid, and small enough for AWS', () => {
    const sorts = Object.values(pipeline(everything, 'everything').steps);
    fc.assert(
      fc.property(anySteps(60), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (steps, drawn) => {
        const some = Object.entries(steps).map(([name, { needs }], index): [string, PipelineStep] => {
          const sort = sorts[(drawn[index] ?? 0) % sorts.length] as PipelineStep;
          return [name, { ...sort, needs: [...needs] }];
        });
        const definition = definitionOf({ ...pipeline(everything, 'everything'), steps: Object.fromEntries(some) });
        expect(errorsOf(definition)).toBe('');
        // 1 MB is the most that AWS takes.
        expect(JSON.stringify(definition).length).toBeLessThan(500_000);
      }),
      { numRuns: 15 },
    );
  });

  test('a step of every sort - is asked of AWS by its own name', () => {
    const known = Object.fromEntries(statesIn(definitionOf(pipeline(everything, 'everything'))));
    const asked = Object.keys(pipeline(everything, 'everything').steps).map((step) => [
      step,
      known[step]?.['Resource'],
    ]);
    expect(Object.fromEntries(asked)).toEqual({
      pull: 'arn:aws:states:::aws-sdk:ssm:sendCommand',
      own: 'arn:aws:states:::aws-sdk:ssm:sendCommand',
      report: 'arn:aws:states:::ecs:runTask.sync',
      mail: 'arn:aws:states:::lambda:invoke',
      refresh: '${CallHttpLambdaFunction}',
      count: '${CallHttpLambdaFunction}',
      warehouse: '${StartDagLambdaFunction}',
    });
  });
});

describe('the resources of pipelines', () => {
  test('a stage without any - has none', () => {
    expect(pipelines(loadEstate('dev', 'examples/ec2-batch.yml'))).toEqual({});
  });

  test('names - of the stage and the pipeline, in the console too', () => {
    expect(resources['TanglePipeline']?.Properties).toMatchObject({
      StateMachineName: 'lamplighter-dev-tangle',
      RoleArn: { 'Fn::GetAtt': ['TanglePipelineRole', 'Arn'] },
    });
  });

  test('what a definition leaves open - is what CloudFormation is told to put in, functions and four others', () => {
    const { DefinitionString } = resources['EverythingPipeline']?.Properties ?? {};
    const [text, known] = (DefinitionString as { 'Fn::Sub': [string, object] })['Fn::Sub'];
    const open = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, id]) => id));
    expect(Object.keys(known).sort()).toEqual([...open].sort());
    expect([...open].filter((id = '') => !id.endsWith('LambdaFunction'))).toEqual([
      ...['ScheduleGroup', 'PipelineScheduleRole', 'DeadLetters', 'StateTable'],
    ]);
  });
});

describe('what a machine may do', () => {
  test('steps of every sort - what they need, named', () => {
    expect(actionsOf('EverythingPipelineRole')).toEqual([
      ...[
        'lambda:InvokeFunction',
        'dynamodb:UpdateItem',
        'scheduler:CreateSchedule',
        'iam:PassRole',
        'ssm:SendCommand',
      ],
      ...['ecs:RunTask', 'ecs:DescribeTasks', 'ecs:StopTask', 'events:DescribeRule', 'events:PutRule'],
      ...['events:PutTargets', 'iam:PassRole', 'logs:GetLogEvents'],
    ]);
    expect(JSON.stringify(statementsOf('EverythingPipelineRole'))).not.toContain('"*"');
  });

  test('servers - those of its steps alone, each where it is', () => {
    const sent = (role: string) => statementsOf(role).find(({ Action }) => Action === 'ssm:SendCommand')?.Resource;
    const here = '${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:';
    const document = { 'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript' };
    const own = { 'Fn::Sub': `arn:${here}managed-instance/mi-0123456789abcdef0` };
    const instance = { 'Fn::Sub': `arn:${here.replace('ssm', 'ec2')}instance/i-0fedcba9876543210` };
    expect(sent('TanglePipelineRole')).toEqual([own, document]);
    expect(sent('EverythingPipelineRole')).toEqual([instance, own, document]);
    expect(sent('LastPipelineRole')).toBeUndefined();
  });

  test('a pipeline that calls Airflow alone - our functions alone, and not those of other sorts', () => {
    expect(actionsOf('LastPipelineRole')).toEqual(['lambda:InvokeFunction']);
    expect(functionsIn(JSON.stringify(definitionOf(pipeline(everything, 'last'))))).toEqual([
      ...['AdmitRunLambdaFunction', 'BeginStepLambdaFunction', 'CheckDagLambdaFunction', 'EndStepLambdaFunction'],
      ...['SendNoticeLambdaFunction', 'SettleRunLambdaFunction', 'StartDagLambdaFunction'],
    ]);
  });

  test('a task of a family - any of its revisions in its cluster, with the roles that the stage file names', () => {
    const [run, , , pass] = statementsOf('EverythingPipelineRole').slice(5);
    const arn = (rest: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${rest}` });
    const here = '${AWS::Region}:${AWS::AccountId}:';
    expect(run).toMatchObject({
      Resource: [arn(`ecs:${here}task-definition/reports:*`)],
      Condition: { ArnEquals: { 'ecs:cluster': arn(`ecs:${here}cluster/app`) } },
    });
    expect(pass).toMatchObject({
      Resource: [arn('iam::${AWS::AccountId}:role/ecsTaskExecutionRole'), 'arn:aws:iam::123456789012:role/reports'],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
  });

  test('a task of a revision, and no role - that revision, and nothing is passed', () => {
    const { report } = pipeline(everything, 'everything').steps;
    const work = { ...report?.work, definition: 'reports:12', roles: [], logs: undefined } as unknown as StepWork;
    const one = { ...pipeline(everything, 'last'), steps: { report: { ...report, needs: [], work } as PipelineStep } };
    const made = pipelines({ ...everything, workloads: { one } }) as typeof resources;
    const text = JSON.stringify(made['OnePipelineRole']);
    expect(text).toContain('task-definition/reports:12"');
    expect(text).not.toMatch(/PassRole|GetLogEvents/);
  });
});
