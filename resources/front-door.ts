import type { CompiledStage } from '../shared/stage/compiled.ts';
import { type Sub, sub } from './arns.ts';
import { logicalId } from './logical-id.ts';

/** What people and programs outside reach by HTTP: one API, there where the stage file asks for something behind it. */

/** A way in. */
interface Route {
  /** `GET /status.json` */
  route: string;
  /** As serverless.yml names it. */
  function: string;
  /** Who may come by it; whom the function itself turns away is its own matter. */
  access: 'anybody' | 'iam';
}

/** Far more than people look; what is over it is answered with 429 and costs nothing. */
const THROTTLING = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };

const ADDRESS = 'https://${FrontDoor}.execute-api.${AWS::Region}.${AWS::URLSuffix}';

/** Every way in that a stage has. */
export function routesOf({ status, commands }: CompiledStage): Route[] {
  const access = status?.access === 'iam' ? 'iam' : 'anybody';
  // Discord signs what it sends, whoever may look at the pages.
  const discord: Route[] = commands
    ? [{ route: 'POST /discord', function: 'receiveInteraction', access: 'anybody' }]
    : [];
  if (!status) return discord;
  const routes = { servePage: ['/', '/{asset}'], serveStatus: ['/status.json', '/history.json', '/sign-in'] };
  const pages = Object.entries(routes).flatMap(([name, paths]) =>
    paths.map((path): Route => ({ route: `GET ${path}`, function: name, access })),
  );
  return [...pages, ...discord];
}

/** The API, its ways in, and that it may invoke what lies behind them. */
export function frontDoor(stage: CompiledStage): Record<string, object> {
  const routes = routesOf(stage);
  if (routes.length === 0) return {};
  return {
    FrontDoor: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        ...{ Name: `lamplighter-${stage.stage}`, ProtocolType: 'HTTP' },
        Description: 'What people and programs outside reach of Lamplighter.',
      },
    },
    FrontDoorStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ...{ ApiId: { Ref: 'FrontDoor' }, StageName: '$default', AutoDeploy: true },
        DefaultRouteSettings: THROTTLING,
      },
    },
    ...Object.assign({}, ...[...new Set(routes.map(({ function: name }) => name))].map(behind)),
    ...Object.fromEntries(routes.map((route) => [`FrontDoor${idOf(route)}Route`, routeTo(route)])),
  };
}

/** Where the status page is. */
export function statusAddress(): Sub {
  return sub(`${ADDRESS}/`);
}

/** Where it is, for whoever deploys. */
export function frontDoorOutputs(stage: CompiledStage): Record<string, object> {
  if (routesOf(stage).length === 0) return {};
  return {
    FrontDoorAddress: { Description: 'Where people and programs outside reach it.', Value: sub(ADDRESS) },
    ...(stage.commands && {
      DiscordAddress: {
        Description: "The interactions endpoint of Discord's application; sls ops discord sets it.",
        Value: sub(`${ADDRESS}/discord`),
      },
    }),
    ...(stage.status && { StatusPageAddress: { Description: 'The status page.', Value: statusAddress() } }),
  };
}

function behind(name: string): Record<string, object> {
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const uri = { 'Fn::GetAtt': [`${id}LambdaFunction`, 'Arn'] };
  return {
    [`FrontDoor${id}`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...{ ApiId: { Ref: 'FrontDoor' }, IntegrationType: 'AWS_PROXY', IntegrationUri: uri },
        PayloadFormatVersion: '2.0',
      },
    },
    [`FrontDoor${id}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        ...{ Action: 'lambda:InvokeFunction', FunctionName: uri, Principal: 'apigateway.amazonaws.com' },
        SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${FrontDoor}/*'),
      },
    },
  };
}

function routeTo({ route, function: name, access }: Route): object {
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ...{ ApiId: { Ref: 'FrontDoor' }, RouteKey: route, Target: sub(`integrations/\${FrontDoor${id}}`) },
      ...(access === 'iam' && { AuthorizationType: 'AWS_IAM' }),
    },
  };
}

/** `GET /status.json` is `GetStatusJson`. */
function idOf({ route }: Route): string {
  return logicalId(
    route
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-$/, ''),
  );
}
