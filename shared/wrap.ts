import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import { asError, InvalidInput } from './errors.ts';

/**
 * Makes a plain function the handler that Lambda calls: the event is parsed by the contract, a failure is logged
 * once with its name and passed on (the name is what state machines match). Every handler is wrapped here, so no
 * handler lists middleware.
 *
 * @throws InvalidInput naming each path of the event that does not fit the contract.
 */
export function wrap<Contract extends z.ZodMiniType, Output>(
  contract: Contract,
  handle: (input: z.output<Contract>) => Promise<Output>,
) {
  return middy<unknown, Output, Error, Context>()
    .use({
      before: (request) => {
        request.event = parse(contract, request.event);
      },
      onError: ({ error }) => {
        const { name, message } = asError(error);
        console.error(JSON.stringify({ error: name, message }));
      },
    })
    .handler((event) => handle(event as z.output<Contract>));
}

function parse(contract: z.ZodMiniType, event: unknown): unknown {
  const result = contract.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || '(event)'}: ${issue.message}`);
  throw new InvalidInput(faults.join('; '));
}
