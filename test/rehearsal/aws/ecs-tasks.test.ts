import { describe, expect, test } from '@jest/globals';
import { EcsTasks, type TaskSettings, type Work } from '../../../rehearsal/aws/ecs-tasks.ts';
import { Random } from '../../../rehearsal/random.ts';
import { SECOND, START, Time } from '../outside/jobs/time.ts';

/** Tasks that are so long at work when they are told to stop, and do so many jobs. */
function tasksOf(settings: Partial<TaskSettings> = {}, { leaves = 0, jobs = 0 } = {}) {
  const time = new Time();
  const said: string[] = [];
  const working = { jobs, leavesSeconds: leaves };
  const work: Work = {
    join: (task, concurrency) => void said.push(`${task} joins with ${concurrency}`),
    busy: () => working.jobs,
    close: (task) => {
      said.push(`SIGTERM ${task}`);
      return time.now + working.leavesSeconds * SECOND;
    },
    kill: (task) => void said.push(`SIGKILL ${task}`),
  };
  const usual = { concurrency: 4, stopTimeoutSeconds: 120, isProtecting: false };
  const tasks = new EcsTasks(time, new Random(1), work, { ...usual, ...settings });
  return { time, tasks, said, working };
}

describe('tasks that start', () => {
  test('three are desired - they run between 30 and 90 seconds later, and are paid for from the pull on', () => {
    const { time, tasks, said } = tasksOf();
    tasks.setDesired(3);
    expect(tasks).toMatchObject({ desired: 3, running: 0, pending: 3, settledAt: undefined });
    time.until(29);
    expect(tasks.running).toBe(0);
    time.until(90);
    expect(tasks).toMatchObject({ running: 3, pending: 0, peak: 3 });
    expect(tasks.settledAt).toBeGreaterThan(START + 30 * SECOND);
    expect(said.sort()).toEqual(['task-1 joins with 4', 'task-2 joins with 4', 'task-3 joins with 4']);
    time.until(3600);
    expect(tasks.paidSeconds).toBeGreaterThan(3 * 3579);
    expect(tasks.paidSeconds).toBeLessThan(3 * 3593);
  });

  test('not wanted any more before it runs - it never does, and a minute is paid for once it was pulled', () => {
    const { time, tasks, said } = tasksOf();
    tasks.setDesired(1);
    time.until(5);
    tasks.setDesired(0);
    expect(tasks.paidSeconds).toBe(0);
    tasks.setDesired(1);
    time.until(28);
    tasks.setDesired(0);
    time.until(600);
    expect(said).toEqual([]);
    expect(tasks.stops.map(({ how }) => how)).toEqual(['unborn', 'unborn']);
    expect(tasks.paidSeconds).toBe(60);
  });
});

describe('tasks that are stopped', () => {
  test('its jobs end in time - it ends by itself, and is paid for until then', () => {
    const { time, tasks, said } = tasksOf({}, { leaves: 40, jobs: 2 });
    tasks.setDesired(1);
    time.until(200);
    tasks.setDesired(0);
    expect(tasks).toMatchObject({ running: 0, stopping: 1 });
    const before = tasks.paidSeconds;
    time.until(400);
    expect(tasks).toMatchObject({ stopping: 0, paidSeconds: before + 42 });
    expect(tasks.stops).toEqual([{ at: START + 242 * SECOND, task: 'task-1', how: 'drained', jobs: 0 }]);
    expect(said).not.toContain('SIGKILL task-1');
  });

  test('its jobs take longer than stopTimeout - killed then, with what it was doing', () => {
    const { time, tasks, said } = tasksOf({}, { leaves: 300, jobs: 2 });
    tasks.setDesired(1);
    time.until(200);
    tasks.setDesired(0);
    time.until(319);
    expect(tasks.stopping).toBe(1);
    time.until(320);
    expect(tasks.stops).toEqual([{ at: START + 320 * SECOND, task: 'task-1', how: 'killed', jobs: 2 }]);
    expect(said.slice(-2)).toEqual(['SIGTERM task-1', 'SIGKILL task-1']);
  });

  test('protected while it works - it stays until it is idle, and goes then', () => {
    const { time, tasks, working, said } = tasksOf({ isProtecting: true }, { jobs: 1 });
    tasks.setDesired(2);
    time.until(200);
    tasks.setDesired(0);
    time.until(600);
    expect(tasks).toMatchObject({ running: 2, desired: 0, stopping: 0 });
    working.jobs = 0;
    time.until(640);
    expect(tasks).toMatchObject({ running: 0, settledAt: expect.any(Number) });
    expect(said.filter((one) => one.startsWith('SIGTERM'))).toHaveLength(2);
  });

  test('wanted again while one is being stopped - another one is started', () => {
    const { time, tasks } = tasksOf({}, { leaves: 100, jobs: 1 });
    tasks.setDesired(1);
    time.until(200);
    tasks.setDesired(0);
    tasks.setDesired(1);
    expect(tasks).toMatchObject({ stopping: 1, pending: 1 });
    time.until(400);
    expect(tasks).toMatchObject({ running: 1, peak: 1 });
  });
});
