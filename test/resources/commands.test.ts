import { expect, test } from '@jest/globals';
import { ofCommands } from '../../resources/commands.ts';
import { frontDoor, frontDoorOutputs } from '../../resources/front-door.ts';
import { aStage } from '../shared/builders.ts';
import { aCommandedStage } from '../shared/discord/interactions.ts';

test('a stage without commands - the functions for them may reach nothing, and nobody reaches them', () => {
  expect(ofCommands(aStage())).toEqual({ discordArns: { tables: [], carryOut: [], functions: [] } });
  expect([frontDoor(aStage()), frontDoorOutputs(aStage())]).toEqual([{}, {}]);
});

test('a stage with commands - Discord comes in by one way, which nobody has to sign in for', () => {
  const resources = frontDoor(aCommandedStage()) as Record<
    string,
    { Type: string; Properties: Record<string, unknown> }
  >;
  const routes = Object.values(resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route');
  expect(routes.map(({ Properties }) => [Properties['RouteKey'], Properties['AuthorizationType']])).toEqual([
    ['POST /discord', undefined],
  ]);
  expect(frontDoorOutputs(aCommandedStage())['DiscordAddress']).toMatchObject({
    Value: { 'Fn::Sub': expect.stringMatching(/^https:.*\/discord$/) },
  });
});

test('what carries commands out - may invoke six functions of its stage and no other', () => {
  const { carryOut, functions } = ofCommands(aCommandedStage()).discordArns;
  const names = (arns: { 'Fn::Sub': string }[]) => arns.map((arn) => arn['Fn::Sub'].split(':function:')[1]);
  expect(names(carryOut)).toEqual(['lamplighter-dev-carryOutCommand']);
  expect(names(functions)).toEqual(
    ['acknowledgeIncident', 'listIncidents', 'listRuns', 'orderRecovery', 'overrideWorkload', 'showStatus'].map(
      (name) => `lamplighter-dev-${name}`,
    ),
  );
});
