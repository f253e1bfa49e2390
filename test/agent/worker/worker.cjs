// A worker as somebody would write it with the recipe: `node worker.cjs bullmq <port> <settings>`. Says what it does.
const [library, port, json] = process.argv.slice(2);
const { concurrency = 1, lockMs = 1000, ...settings } = JSON.parse(json);
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null };

const say = (text) => process.stdout.write(`${text}\n`);
const work = async (job) => {
  say(`began ${job.data.name}`);
  await new Promise((done) => setTimeout(done, job.data.ms));
  say(`ended ${job.data.name}`);
};
const onEnd = () => say('closed');

if (library === 'bullmq') {
  const { runWorker } = require('../../../agent/worker/bullmq.cjs');
  const options = { connection, concurrency, lockDuration: lockMs, stalledInterval: lockMs };
  runWorker(library, work, options, { ...settings, onEnd });
} else {
  const Queue = require('bull');
  const { runQueue } = require('../../../agent/worker/bull.cjs');
  const queue = new Queue(library, { redis: connection, settings: { lockDuration: lockMs, stalledInterval: lockMs } });
  runQueue(queue, work, { concurrency, ...settings, onEnd });
}
