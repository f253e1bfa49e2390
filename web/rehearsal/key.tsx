import type { Lane } from './lanes.ts';
import type { RehearsalWords } from './words.ts';

/** How what is in these lanes is drawn. */
export function Key({ words, lanes }: { words: RehearsalWords; lanes: Lane[] }) {
  const tones = new Set(lanes.flatMap(({ items }) => items.map(({ tone }) => tone)));
  const hasLit = lanes.some(({ lit }) => lit);
  const course = lanes.some((lane) => lane.course);
  return (
    <ul class="key">
      {hasLit && (
        <li>
          <i class="up" /> {words.lit}
        </li>
      )}
      {[...tones].map((tone) => (
        <li key={tone}>
          <i class={`item ${tone}`} /> {words.tones[tone]}
        </li>
      ))}
      {course && (
        <>
          <li>
            <i class="backlog" /> {words.queue.backlog}
          </li>
          <li>
            <i class="workers" /> {words.queue.workers}
          </li>
          <li>
            <i class="unmeasured" /> {words.queue.unmeasured}
          </li>
        </>
      )}
    </ul>
  );
}
