import { apprise } from './apprise/apprise.ts';
import { discord } from './discord/discord.ts';
import { email } from './email/kind.ts';
import { gotify } from './gotify/gotify.ts';
import type { ChannelKind } from './kind.ts';
import { log } from './log/log.ts';
import { matrix } from './matrix/matrix.ts';
import { mqtt } from './mqtt/mqtt.ts';
import { ntfy } from './ntfy/ntfy.ts';
import { pushover } from './pushover/pushover.ts';
import { slack } from './slack/slack.ts';
import { slackBot } from './slack/slack-bot.ts';
import { syslog } from './syslog/syslog.ts';
import { teams } from './teams/teams.ts';
import { telegram } from './telegram/telegram.ts';
import { webhook } from './webhook/webhook.ts';

/** Every kind of channel there is. */
export const KINDS: readonly ChannelKind[] = [
  webhook,
  email,
  telegram,
  ntfy,
  gotify,
  pushover,
  slack,
  slackBot,
  discord,
  matrix,
  teams,
  apprise,
  mqtt,
  syslog,
  log,
];
