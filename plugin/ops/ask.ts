import { asError } from '../../shared/errors.ts';
import { invokeDeployed, type Reply } from '../deployed.ts';
import type { Serverless } from '../framework.ts';

/** The deployed stage did not do what it was asked; the message says what to do about it. */
export class NotAnswered extends Error {
  override name = 'NotAnswered';
  /** Whether the function itself refused: asking in another way would not help. */
  readonly isRefusal: boolean;

  constructor(message: string, { cause, isRefusal = false }: { cause?: unknown; isRefusal?: boolean } = {}) {
    super(message, { cause });
    this.isRefusal = isRefusal;
    // The framework prints the stack of errors that it does not know.
    this.stack = message;
  }
}

/** What a function throws in words for whoever asks: something else has to be asked for. */
const REFUSALS = ['ContraryOrder', 'InvalidInput', 'UnknownWorkload'];

/** What AWS and its SDK say of credentials that are no use. */
const NO_CREDENTIALS =
  /^(CredentialsProviderError|ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|TokenRefreshRequired)$/;

/**
 * Asks a function of the deployed stage.
 *
 * @param name as serverless.yml has it, `showStatus`
 * @throws NotAnswered
 */
export async function ask<Answer>(
  serverless: Serverless,
  name: string,
  event: object,
  invoke: (serverless: Serverless, functionName: string, event: object) => Promise<Reply> = invokeDeployed,
): Promise<Answer> {
  const { stage, region } = serverless.service.custom.estate;
  const functionName = `lamplighter-${stage}-${name}`;
  const reply = await invoke(serverless, functionName, event).catch((cause: unknown) => {
    throw new NotAnswered(explain(cause, functionName, stage, region), { cause });
  });
  const answer: unknown = JSON.parse(new TextDecoder().decode(reply.Payload) || 'null');
  if (!reply.FunctionError) return answer as Answer;
  const { errorType = reply.FunctionError, errorMessage = '' } = (answer ?? {}) as Record<string, string>;
  if (REFUSALS.includes(errorType)) throw new NotAnswered(errorMessage, { isRefusal: true });
  throw new NotAnswered(
    `${functionName} failed: ${errorType}: ${errorMessage.replace(/\.$/, '')}. Its log: npx sls ops logs --stage ${stage} --function ${name}`,
  );
}

function explain(cause: unknown, functionName: string, stage: string, region: string): string {
  const { name, message } = asError(cause);
  const { code = '' } = cause as { code?: string };
  if (name === 'ResourceNotFoundException')
    return `${functionName} is not in ${region}: deploy it with npx sls deploy --stage ${stage}, or name the stage that is deployed with --stage`;
  if (name === 'AccessDeniedException')
    return `these credentials may not lambda:InvokeFunction on ${functionName}: use others (AWS_PROFILE), or allow it`;
  if (NO_CREDENTIALS.test(name) || code.startsWith('AWS_CREDENTIALS') || code.endsWith('AWS_PROFILE'))
    return `no AWS credentials that can be used (${message.replace(/\. .*/s, '')}): sign in with aws sso login, or set AWS_PROFILE`;
  const endpoint = process.env['AWS_ENDPOINT_URL_LAMBDA'] ?? process.env['AWS_ENDPOINT_URL'];
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT'].includes(code))
    return `nothing answers at ${endpoint ?? `Lambda in ${region}`} (${code}): ${endpoint ? 'correct or unset AWS_ENDPOINT_URL' : 'is there a network?'}`;
  return `${functionName} could not be asked: ${name}: ${message}`;
}
