import { isRecoverable } from '../../shared/recovery/rungs.ts';
import { need, ONE, SAID } from './acts.ts';
import { asJson, type Command, type Context, text } from './command.ts';
import { whyOf } from './say.ts';
import { confirm } from './terminal.ts';

/** What a person says to the recovery of a service; `order-recovery` carries it out. */

export const recover: Command = {
  usage: 'Recover a service now, if it is down',
  options: { ...ONE, ...SAID },
  run: (context) => order('recover', context),
};

export const approve: Command = {
  usage: 'Let a step of a recovery be done that waits for a person',
  options: { ...ONE, ...SAID },
  run: (context) => order('approve', context),
};

async function order(act: 'recover' | 'approve', { options, hands, stage }: Context): Promise<void> {
  const { terminal } = hands;
  const recovered = Object.keys(stage.services).filter((name) => isRecoverable(stage.services[name]));
  need(options, 'workload', recovered[0] ?? 'name');
  const workload = text(options, 'workload') ?? '';
  const why = act === 'recover' ? await whyOf(act, options, hands) : (text(options, 'why') ?? '');
  const word = { act, workload, by: text(options, 'by') ?? (await hands.who()), why };
  const { rungs = [], approve: asked = [] } = stage.services[workload]?.recover ?? {};
  const steps = act === 'recover' ? rungs : asked;
  const consequence = `${workload}: ${steps.join(', then ')}, until it answers from outside`;
  if (options['dry-run']) {
    terminal.write(
      options['json'] ? asJson({ dryRun: true, word, consequence }) : `would ${act} ${workload}\n  ${consequence}\n`,
    );
    return;
  }
  if (!options['yes']) {
    terminal.note(`  ${consequence}\n`);
    await confirm(terminal, `${act} ${workload}?`);
  }
  const answer = await hands.ask<{ said: string }>('orderRecovery', word);
  terminal.write(options['json'] ? asJson({ word, ...answer }) : `${answer.said}, by ${word.by}\n`);
}
