import { pipelines } from '../../shared/stage/kinds.ts';
import { OptionInvalid } from '../options.ts';
import { need, ONE, SAID } from './acts.ts';
import { asJson, type Command, type Context, type Options, Refused, text } from './command.ts';
import { whyOf } from './say.ts';

/** What a person wants of the runs of a pipeline that are over, or never were; `override-workload` carries it out. */

type Act = 'rerun' | 'redrive' | 'catch-up';

const RUN: Command['options'] = {
  run: { usage: 'Which run: its date, or 2026-11-03T16:30 (the newest that ended badly)', type: 'string' },
};

export const rerun: Command = {
  usage: 'Run a run of a pipeline again: all of it, from a step on, or what failed',
  options: {
    ...ONE,
    ...RUN,
    from: { usage: 'From this step on', type: 'string' },
    only: { usage: 'failed: only what failed, and what comes after it', type: 'string' },
    ...SAID,
  },
  run: (context) => tell('rerun', context),
};

export const redrive: Command = {
  usage: 'Go on with a run of a pipeline where it failed, within 14 days',
  options: { ...ONE, ...RUN, ...SAID },
  run: (context) => tell('redrive', context),
};

export const catchUp: Command = {
  usage: 'Run what a pipeline has missed, one after the other',
  options: {
    ...ONE,
    which: { usage: 'latest or all', type: 'string' },
    since: { usage: 'The first date that something was missed on (14 days ago)', type: 'string' },
    ...SAID,
  },
  async run(context) {
    need(context.options, 'which', 'latest');
    await tell('catch-up', context);
  },
};

async function tell(act: Act, context: Context): Promise<void> {
  const { options, hands, stage } = context;
  const { terminal } = hands;
  const known = pipelines(stage).map(([name]) => name);
  need(options, 'workload', known[0] ?? 'name');
  const workload = text(options, 'workload') ?? '';
  if (!known.includes(workload))
    throw new Refused(`${workload} is no pipeline; the stage file has: ${known.join(', ') || 'none'}`);
  const asked = askedOf(options);
  const why = await whyOf(act, options, hands);
  const word = { act, workload, ...asked, by: text(options, 'by') ?? (await hands.who()), why };
  const consequence = `${workload}: ${consequenceOf(act, asked)}`;
  if (options['dry-run']) {
    terminal.write(
      options['json'] ? asJson({ dryRun: true, word, consequence }) : `would ${act} ${workload}\n  ${consequence}\n`,
    );
    return;
  }
  const answer = await hands.ask<{ said: string }>('overrideWorkload', word);
  terminal.write(options['json'] ? asJson({ word, ...answer }) : `${answer.said}, by ${word.by}\n`);
}

type Asked = Partial<Record<'run' | 'from' | 'only' | 'which' | 'since', string>>;

/** @throws OptionInvalid */
function askedOf(options: Options): Asked {
  const [run, since] = [text(options, 'run'), text(options, 'since')];
  const [from, only, which] = [text(options, 'from'), text(options, 'only'), text(options, 'which')];
  if (only && only !== 'failed') throw new OptionInvalid('only', only, 'failed');
  if (which && which !== 'latest' && which !== 'all') throw new OptionInvalid('which', which, 'latest or all');
  if (since && !/^\d{4}-\d\d-\d\d$/.test(since)) throw new OptionInvalid('since', since, 'a date such as 2026-11-03');
  return {
    ...(run && { run }),
    ...(from && { from }),
    ...(only && { only }),
    ...(which && { which }),
    ...(since && { since }),
  };
}

function consequenceOf(act: Act, { run, from, only, which, since = '14 days ago' }: Asked): string {
  if (act === 'catch-up')
    return `${which === 'all' ? 'all runs that were' : 'the latest run that was'} missed since ${since} ${which === 'all' ? 'begin now, one after the other' : 'begins now'}`;
  const of = run ? `the run of ${run}` : 'the newest run that ended badly';
  if (only || act === 'redrive') return `what failed in ${of}, and what comes after it, begins now`;
  return from ? `${of} begins now, from ${from} on` : `all of ${of} begins again now`;
}
