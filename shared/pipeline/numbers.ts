/** What numbers are called and how they are written: `::metric collected=2712 share=99.5`. */
const METRIC = /^::metric\s+(.+)$/;
const NUMBER = /^([A-Za-z][\w.-]{0,63})=([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const NAME = /^[A-Za-z][\w.-]{0,63}$/;

/**
 * The numbers that a step reports on its output: lines of `::metric name=value …`, or a last line that is a JSON object.
 * What is said later counts; what is no number is no metric, so that the lack of it is found when it is held to something.
 */
export function numbersIn(output: string): Record<string, number> {
  const lines = output.split('\n').map((line) => line.trim());
  const said = lines.flatMap((line) => METRIC.exec(line)?.[1]?.split(/\s+/) ?? []);
  const last = lines.findLast((line) => line !== '') ?? '';
  return {
    ...(last.startsWith('{') ? numbersOf(parsed(last)) : {}),
    ...Object.fromEntries(
      said.flatMap((word) => {
        const [, name, value] = NUMBER.exec(word) ?? [];
        return name === undefined ? [] : [[name, Number(value)]];
      }),
    ),
  };
}

/** The numbers of an answer: those of an object itself, and of the `metrics` in it. */
export function numbersOf(answer: unknown): Record<string, number> {
  if (typeof answer === 'string') return numbersIn(answer);
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return {};
  const { metrics, ...own } = answer as Record<string, unknown>;
  const isMetric = ([name, value]: [string, unknown]) => NAME.test(name) && Number.isFinite(value);
  const found = [...Object.entries(own), ...Object.entries(isObject(metrics) ? metrics : {})].filter(isMetric);
  return Object.fromEntries(found) as Record<string, number>;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A line that begins like JSON and is none.
    return undefined;
  }
}
