import { answer, bodyOf, listen, pretendAws } from './http.ts';

type Value = string | undefined | Value[] | { [name: string]: Value };

/** What CloudFormation refuses, by its own name. */
export class Refusal {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Operation → what it answers to its parameters. */
export type Answers = Record<string, (parameters: Record<string, string>) => Value | Refusal>;

/**
 * CloudFormation as the SDK sees it, over HTTP. To be started before anything that builds a client is imported.
 *
 * @returns `asked`, every call as `Operation Parameter=value`
 */
export async function startCloudFormation(): Promise<{
  asked: string[];
  answers: Answers;
  stop: () => Promise<void>;
}> {
  const asked: string[] = [];
  const answers: Answers = {};
  const { url, close } = await listen(async (request, response) => {
    const { Action = '', Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    asked.push([Action, ...Object.entries(parameters).map((pair) => pair.join('='))].join(' '));
    const given = answers[Action]?.(parameters) ?? new Refusal('AccessDenied', `may not ${Action}`);
    if (given instanceof Refusal) {
      const error = xml({ Error: { Type: 'Sender', Code: given.code, Message: given.message } });
      answer(response, 400, `<ErrorResponse>${error}</ErrorResponse>`, 'text/xml');
    } else {
      const result = `<${Action}Result>${xml(given)}</${Action}Result>`;
      answer(response, 200, `<${Action}Response>${result}</${Action}Response>`, 'text/xml');
    }
  });
  pretendAws({ CLOUDFORMATION: url });
  return { asked, answers, stop: close };
}

/** What CloudFormation says of a stack that it does not know. */
export function unknownStack({ StackName }: Record<string, string>): Refusal {
  return new Refusal('ValidationError', `Stack with id ${StackName} does not exist`);
}

function xml(value: Value): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => `<member>${xml(one)}</member>`).join('');
  if (typeof value === 'string') return value.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join('');
}
