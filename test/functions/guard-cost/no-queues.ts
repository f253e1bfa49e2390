/** Of a stage without queues nobody asks for them. */
const refuse = async (): Promise<never> => {
  throw new Error('asked for queues of a stage that has none');
};

export const noQueues = { getQueues: refuse, queueDaysBetween: refuse, describeWorkers: refuse };
