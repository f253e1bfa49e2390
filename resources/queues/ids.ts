import { logicalId } from '../logical-id.ts';

/** The logical ids of what is made for the workers of a queue. */
export function idsOf(queue: string) {
  const id = logicalId(queue);
  return {
    cluster: `${id}Cluster`,
    service: `${id}Workers`,
    task: `${id}WorkerTask`,
    taskRole: `${id}WorkerRole`,
    executionRole: `${id}WorkerExecutionRole`,
    logs: `${id}WorkerLogs`,
    group: `${id}WorkerGroup`,
    ingress: (port: number, to: string) => `${id}WorkersTo${to.replace(/\W/g, '')}At${port}`,
    endpoint: (service: string) => `${id}${logicalId(service.replace('.', '-'))}Endpoint`,
    endpointGroup: `${id}EndpointGroup`,
  };
}

/** Where what workers print is kept. */
export function workerLogs(stage: string, queue: string): string {
  return `/lamplighter/${stage}/${queue}`;
}
