import type { EnvironmentWorkload, Stack } from '../../shared/stage/compiled.ts';

/** An environment: `ChatAppMasterStack`, weekdays from 09:00 to 18:00 in Seoul; `stack` is merged. */
export function anEnvironment({
  stack,
  ...rest
}: Partial<Omit<EnvironmentWorkload, 'stack'>> & { stack?: Partial<Stack> } = {}): EnvironmentWorkload {
  return {
    kind: 'environment',
    stack: {
      name: 'ChatAppMasterStack',
      templateUrl: 'https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml',
      role: 'lamplighter-chat-app',
      parameters: {},
      capabilities: ['CAPABILITY_NAMED_IAM'],
      ...stack,
    },
    images: [{ repository: 'chat-chat-http', parameters: ['ImageTag'] }],
    timezone: 'Asia/Seoul',
    hours: [{ days: 'weekdays', from: '09:00', to: '18:00' }],
    refresh: false,
    dataLoss: [],
    parts: [],
    deadlineSeconds: 3600,
    startWithinSeconds: 3600,
    breakerFailures: 5,
    ...rest,
  };
}
