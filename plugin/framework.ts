import type { Estate } from '../resources/estate.ts';

/** The parts of the framework that the plugin uses; it ships no types of its own. */
export interface Serverless {
  serviceDir: string;
  configSchemaHandler: { defineFunctionProperties(provider: string, schema: object): void };
  configurationInput: {
    stepFunctions?: { stateMachines: Record<string, { id: string; role?: object; permissions?: Permission[] }> };
  };
  service: {
    custom: { estate: Estate };
    functions: Record<string, { role?: string; permissions?: Permission[] }>;
    provider: { compiledCloudFormationTemplate: Template };
    resources?: { Resources?: Record<string, object> };
  };
  pluginManager: { spawn(command: string): Promise<void> };
  processedInput: { commands: string[]; options: Record<string, unknown> };
}

/** One statement of a role's policy, as written beside a function or machine. */
export interface Permission {
  Action: string | string[];
  Resource: unknown;
  Condition?: object;
}

/** A CloudFormation template. */
export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; [key: string]: unknown }>;
  Outputs?: Record<string, unknown>;
}
