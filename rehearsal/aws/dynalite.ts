import { createRequire } from 'node:module';
import { rememberConditions } from './dynamodb-conditions.ts';
import type { Store } from './dynamodb-store.ts';
import { AwsError } from './errors.ts';

rememberConditions();
// Dynalite's own request handler adds HTTP and signatures, three quarters of the time of a call; below it are these.
const require = createRequire(import.meta.url);
const validations = require('dynalite/validations') as {
  checkTypes(data: object, types: object): object;
  checkValidations(data: object, types: object, custom: unknown, store: Store): void;
};

type Fields = Record<string, unknown>;
interface DynaliteError extends Error {
  statusCode?: number;
  body?: { __type: string; message?: string };
}

interface Operation {
  types: object;
  custom: unknown;
  action: (store: Store, data: object, done: (error: DynaliteError | null, output: Fields) => void) => void;
}

const known = new Map<string, Operation>();

/** Carries out an operation of DynamoDB on what is kept. @throws AwsError by AWS's names */
export function carryOut(store: Store, operation: string, input: Fields): Promise<Fields> {
  const { types, custom, action } = operationOf(operation);
  return new Promise((resolve, reject) => {
    try {
      // It takes from the request what it does not know, and copies the rest.
      const data = validations.checkTypes({ ...input }, types);
      validations.checkValidations(data, types, custom, store);
      action(store, data, (error, output) => (error ? reject(named(error)) : resolve(output)));
    } catch (error) {
      reject(named(error as DynaliteError));
    }
  });
}

/** To look a module up takes as long as a read. */
function operationOf(name: string): Operation {
  const found = known.get(name);
  if (found) return found;
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const { types, custom } = require(`dynalite/validations/${file}`) as Pick<Operation, 'types' | 'custom'>;
  const operation = { types, custom, action: require(`dynalite/actions/${file}`) as Operation['action'] };
  known.set(name, operation);
  return operation;
}

function named(error: DynaliteError): Error {
  const type = error.body?.__type.split('#')[1];
  return type ? new AwsError(type, error.body?.message ?? type) : error;
}
