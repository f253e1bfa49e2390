export * from './ko/advice.ts';
export * from './ko/emergency.ts';
export * from './ko/environments.ts';
export * from './ko/messages.ts';
export * from './ko/reasons.ts';
export * from './ko/runs.ts';
