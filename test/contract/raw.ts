import type { Answer } from './clauses.ts';

// Services that the project calls from state machines alone: there is no client of the SDK for them here.

const TARGET = 'AmazonEC2ContainerServiceV20141113';
const VERSION = '2011-01-01';

/** Asks an emulator of ECS, which speaks JSON. @throws Error by AWS's name */
export async function ecs(endpoint: string, operation: string, input: object): Promise<Answer> {
  const response = await ask(endpoint, 'ecs', JSON.stringify(input), {
    'x-amz-target': `${TARGET}.${operation}`,
    'content-type': 'application/x-amz-json-1.1',
  });
  const answer = JSON.parse(response.text);
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.message), { name: String(answer.__type).split('#').at(-1) });
}

/** The same of EC2 Auto Scaling, which is asked by a form and answers in XML: of that, its members. */
export async function autoScaling(endpoint: string, operation: string, input: object): Promise<Answer> {
  const form = new URLSearchParams({ Action: operation, Version: VERSION, ...flat(input) });
  const { ok, text } = await ask(endpoint, 'autoscaling', form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const of = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (!ok) throw Object.assign(new Error(of(text, 'Message')), { name: of(text, 'Code') });
  const groups = text.split('<AutoScalingGroupName>').slice(1);
  const NAMES = ['InstanceId', 'HealthStatus', 'LifecycleState', 'AvailabilityZone'];
  const membersOf = (group: string) =>
    (/<Instances>([\s\S]*?)<\/Instances>/.exec(group)?.[1] ?? '')
      .split('</member>')
      .filter((member) => member.includes('<InstanceId>'))
      .map((member) => Object.fromEntries(NAMES.map((name) => [name, of(member, name)])));
  return { AutoScalingGroups: groups.map((group) => ({ Instances: membersOf(group) })) };
}

/** Lists as a form has them: `AvailabilityZones.member.1`. */
function flat(input: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((one, index) => [`${name}.member.${index + 1}`, String(one)])
        : [[name, String(value)]],
    ),
  );
}

async function ask(endpoint: string, service: string, body: string, headers: Record<string, string>) {
  const scope = `test/20261101/eu-central-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=test`;
  const response = await fetch(endpoint, { method: 'POST', body, headers: { ...headers, authorization } });
  return { ok: response.ok, text: await response.text() };
}
