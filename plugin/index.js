// The framework requires plugins; this one is TypeScript.
export { Lamplighter as default } from './plugin.ts';
