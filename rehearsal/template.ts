/** The account that a rehearsal happens in. */
export const ACCOUNT = '123456789012';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A template of which nothing begins by itself: nothing happens but what is asked for. */
export function withoutSchedules({ Resources }: { Resources: Record<string, Resource> }): {
  Resources: Record<string, Resource>;
} {
  const kept = Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::Scheduler::Schedule');
  return { Resources: Object.fromEntries(kept) };
}

/** A compiled template whose intrinsic functions can be resolved to the names that AWS would give. */
export class Template {
  readonly resources: Record<string, Resource>;
  readonly #pseudo: Record<string, string>;

  constructor(template: { Resources: Record<string, Resource> }, region: string) {
    this.resources = template.Resources;
    this.#pseudo = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': 'lamplighter',
    };
  }

  /** Every resource of a type, its properties resolved. */
  of(type: string): { id: string; properties: Record<string, unknown> }[] {
    return Object.entries(this.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({
        id,
        properties: this.resolve(resource.Properties ?? {}) as Record<string, unknown>,
      }));
  }

  /** A value with every `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join` replaced. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.resolve(entry));
    if (!value || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [key, argument] = entries[0] ?? [];
    if (entries.length === 1 && key === 'Ref') return this.ref(String(argument));
    if (entries.length === 1 && key === 'Fn::GetAtt')
      return this.#attribute(...(this.resolve(argument) as [string, string]));
    if (entries.length === 1 && key === 'Fn::Sub') return this.#substitute(argument);
    if (entries.length === 1 && key === 'Fn::Join') {
      const [separator, parts] = this.resolve(argument) as [string, string[]];
      return parts.join(separator);
    }
    return Object.fromEntries(entries.map(([name, entry]) => [name, this.resolve(entry)]));
  }

  /** What `Ref` gives for a resource: a name for most types, an ARN for a few, the address of a queue. */
  ref(id: string): string {
    const pseudo = this.#pseudo[id];
    if (pseudo) return pseudo;
    const type = this.#get(id).Type;
    if (type === 'AWS::SQS::Queue') return this.#queueUrl(id);
    if (type === 'AWS::ApplicationAutoScaling::ScalingPolicy') return this.#policyArn(id);
    const isArn = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'].includes(type);
    return isArn ? this.arn(id) : this.name(id);
  }

  /** The physical name of a resource. */
  name(id: string): string {
    const { Properties = {} } = this.#get(id);
    const property = Object.keys(Properties).find((key) =>
      /^(Name|AlarmName|TableName|FunctionName|TopicName|QueueName|StateMachineName|LogGroupName|RoleName)$/.test(key),
    );
    return property ? String(this.resolve(Properties[property])) : `lamplighter-${id}`;
  }

  arn(id: string): string {
    const { Type } = this.#get(id);
    const name = this.name(id);
    const { 'AWS::Region': region } = this.#pseudo;
    const where = (service: string, resource: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
    const arns: Record<string, string> = {
      'AWS::SNS::Topic': where('sns', name),
      'AWS::SQS::Queue': where('sqs', name),
      'AWS::DynamoDB::Table': where('dynamodb', `table/${name}`),
      'AWS::Lambda::Function': where('lambda', `function:${name}`),
      'AWS::StepFunctions::StateMachine': where('states', `stateMachine:${name}`),
      'AWS::Logs::LogGroup': where('logs', `log-group:${name}:*`),
      'AWS::IAM::Role': `arn:aws:iam::${ACCOUNT}:role/${name}`,
    };
    return arns[Type] ?? where('unknown', `${Type}/${name}`);
  }

  #attribute(id: string, attribute: string): string {
    if (attribute === 'QueueUrl') return this.#queueUrl(id);
    return attribute === 'Arn' ? this.arn(id) : this.name(id);
  }

  #policyArn(id: string): string {
    const name = this.resolve(this.#get(id).Properties?.['PolicyName'] ?? id);
    return `arn:aws:autoscaling:${this.#pseudo['AWS::Region']}:${ACCOUNT}:scalingPolicy:${id}:policyName/${name}`;
  }

  #queueUrl(id: string): string {
    return `https://sqs.${this.#pseudo['AWS::Region']}.amazonaws.com/${ACCOUNT}/${this.name(id)}`;
  }

  #substitute(argument: unknown): string {
    const [text, names = {}] = (Array.isArray(argument) ? argument : [argument]) as [string, Record<string, unknown>?];
    return text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      if (name in names) return String(this.resolve(names[name]));
      const [id = '', attribute] = name.split('.');
      return attribute ? this.#attribute(id, attribute) : this.ref(id);
    });
  }

  #get(id: string): Resource {
    const resource = this.resources[id];
    if (!resource) throw new Error(`the template has no resource ${id}`);
    return resource;
  }
}
