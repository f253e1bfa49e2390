import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import trust from '../trust.json' with { type: 'json' };
import { definitionOf } from './definition.ts';
import { idsOf, machineName } from './ids.ts';
import { permissionsOf, type Statement } from './permissions.ts';
import { inTemplate, openIn } from './refs.ts';

/** The state machine of a pipeline, and its role. */
export function machine(stage: string, name: string, pipeline: PipelineWorkload): Record<string, object> {
  const ids = idsOf(name);
  const definition = JSON.stringify(definitionOf(pipeline));
  const known = Object.fromEntries(openIn(definition).map((id) => [id, inTemplate(id)]));
  return {
    [ids.machine]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: machineName(stage, name),
        DefinitionString: { 'Fn::Sub': [definition, known] },
        RoleArn: { 'Fn::GetAtt': [ids.role, 'Arn'] },
      },
    },
    [ids.role]: roleOf(trust.states, permissionsOf(name, pipeline, definition)),
  };
}

export function roleOf(trusted: object, statements: Statement[]): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trusted,
      Policies: [
        {
          PolicyName: 'permissions',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
          },
        },
      ],
    },
  };
}
