import type { Output } from '../../functions/show-status/contract.ts';
import { wholeNumber } from '../options.ts';
import { asJson, type Command, JSON_TOO, STAGE_FILE, text, WORKLOAD } from './command.ts';
import { renderStatus } from './status-table.ts';
import { watching } from './terminal.ts';

export const WATCH: Command['options'] = {
  watch: { usage: 'Show it again and again, until interrupted', type: 'boolean' },
  every: { usage: 'How often with --watch, in seconds (5)', type: 'string' },
};

export const status: Command = {
  usage: 'Show what is on, what people said, what comes next, what is wrong and what it has cost',
  options: { ...STAGE_FILE, ...WORKLOAD, ...JSON_TOO, ...WATCH },
  async run({ options, hands }) {
    const workload = text(options, 'workload');
    const show = async () => {
      const answer = await hands.ask<Output>('showStatus', { ...(workload && { workload }) });
      return options['json'] ? asJson(answer) : renderStatus(answer);
    };
    if (options['watch'])
      await watching(hands.terminal, 1000 * wholeNumber('every', options['every'], 5, 1, 3600), show);
    else hands.terminal.write(await show());
  },
};
