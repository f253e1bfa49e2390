import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An agent of ECS, as far as tasks protect themselves by it. */
export interface EcsAgent {
  url: string;
  /** What was asked for, in order. */
  asked: { ProtectionEnabled: boolean; ExpiresInMinutes?: number }[];
  /** Refuses so many questions from now on. */
  refuse(times: number): void;
  stop(): void;
}

/** @source ECS developer guide, "Amazon ECS task scale-in protection endpoint": its answers */
export async function startAgent(): Promise<EcsAgent> {
  const asked: EcsAgent['asked'] = [];
  let refused = 0;
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join('');
    const isRight = request.method === 'PUT' && request.url === '/api/task/task-protection/v1/state';
    const answer = () => {
      if (!isRight) return { error: { Code: 'NotFound', Message: `${request.method} ${request.url}` } };
      const question = JSON.parse(text) as EcsAgent['asked'][number];
      asked.push(question);
      if (refused-- > 0) return { failure: { Reason: 'TASK_NOT_VALID' } };
      return { protection: { ProtectionEnabled: question.ProtectionEnabled, TaskArn: 'arn:aws:ecs:task' } };
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/task`,
    asked,
    refuse: (times) => {
      refused = times;
    },
    stop: () => server.close(),
  };
}
