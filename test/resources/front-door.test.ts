import { describe, expect, test } from '@jest/globals';
import { frontDoor, frontDoorOutputs, routesOf } from '../../resources/front-door.ts';
import type { StatusPage } from '../../shared/stage/compiled.ts';
import { aStage } from '../shared/builders.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };

const page = (access: StatusPage['access']) =>
  aStage({ status: { access, origins: [], title: 'dev', spending: true } });
const resources = (access: StatusPage['access'] = 'public') => frontDoor(page(access)) as Record<string, Resource>;
const of = (type: string, found: Record<string, Resource>) =>
  Object.values(found).flatMap(({ Type, Properties }) => (Type === `AWS::ApiGatewayV2::${type}` ? [Properties] : []));

test('the stage file asks for nothing - nothing is open, and no address is told', () => {
  expect(frontDoor(aStage())).toEqual({});
  expect(frontDoorOutputs(aStage())).toEqual({});
});

describe('a status page', () => {
  test('its ways in - each to the function that knows, and no other', () => {
    expect(routesOf(page('public')).map(({ route, function: name }) => `${route} → ${name}`)).toEqual([
      ...['GET / → servePage', 'GET /{asset} → servePage', 'GET /status.json → serveStatus'],
      ...['GET /history.json → serveStatus', 'GET /sign-in → serveStatus'],
    ]);
    const found = resources();
    expect(of('Route', found).map(({ RouteKey }) => RouteKey)).toEqual(
      routesOf(page('public')).map(({ route }) => route),
    );
    for (const { Target } of of('Route', found)) {
      const [, id = ''] = /^integrations\/\$\{(\w+)\}$/.exec((Target as { 'Fn::Sub': string })['Fn::Sub']) ?? [];
      expect(found[id]).toMatchObject({ Type: 'AWS::ApiGatewayV2::Integration' });
    }
  });

  test('what is behind - is invoked by this API alone', () => {
    const found = resources();
    for (const name of ['ServePage', 'ServeStatus']) {
      const uri = { 'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'] };
      expect(found[`FrontDoor${name}`]?.Properties).toMatchObject({ IntegrationUri: uri, PayloadFormatVersion: '2.0' });
      expect(found[`FrontDoor${name}Permission`]?.Properties).toMatchObject({
        ...{ Principal: 'apigateway.amazonaws.com', FunctionName: uri },
        SourceArn: { 'Fn::Sub': expect.stringMatching(/:\$\{FrontDoor\}\/\*$/) },
      });
    }
  });

  test('too many requests at once - are turned away before they cost anything', () => {
    expect(of('Stage', resources())).toMatchObject([
      { StageName: '$default', DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 } },
    ]);
  });

  test.each([
    ['iam', 'AWS_IAM'],
    ['public', undefined],
    [{ token: 'ssm:/t' }, undefined],
  ] as const)('access is %j - by API Gateway: %s', (access, type) => {
    for (const route of of('Route', resources(access))) expect(route['AuthorizationType']).toBe(type);
  });

  test('where it is - whoever deploys is told', () => {
    const { StatusPageAddress } = frontDoorOutputs(page('public')) as Record<string, { Value: { 'Fn::Sub': string } }>;
    expect(StatusPageAddress?.Value['Fn::Sub']).toMatch(/^https:\/\/\$\{FrontDoor\}\..*\/$/);
  });
});
