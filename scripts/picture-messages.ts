import { writeFileSync } from 'node:fs';
import { render as discord } from '../functions/notify-discord/render.ts';
import { render as slack } from '../functions/notify-slack/render.ts';
import type { Message } from '../shared/messages/message.ts';
import { monthScene } from '../shared/picture/month.ts';
import { svgOf } from '../shared/picture/svg.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { discordPicture } from './picture-messages/discord.ts';
import { month } from './picture-messages/month.ts';
import { open, resolved, stageIn } from './picture-messages/samples.ts';
import { slackPicture } from './picture-messages/slack.ts';

/** Draws what the guide shows of messages from what the functions of their channels really post. */

/** The pictures by their files: an incident in one language, and in the other that it is over. */
export function pictures(): Record<string, string> {
  const [english, korean] = [stageIn('en'), stageIn('ko')];
  const posted = <T>(
    render: (message: Message, stage: CompiledStage) => T,
    first: CompiledStage,
    second: CompiledStage,
  ): T[] => [render(open(first), first), render(resolved(second), second)];
  return {
    'docs/digest.svg': svgOf(monthScene(month()), 'Hours on and spending in 2026-11'),
    'docs/discord.svg': discordPicture(posted(discord, english, korean)),
    'docs/slack.svg': slackPicture(posted(slack, korean, english)),
  };
}

if (import.meta.main)
  for (const [file, svg] of Object.entries(pictures())) writeFileSync(new URL(`../${file}`, import.meta.url), svg);
