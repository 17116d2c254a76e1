import type { JsonObject } from '../../../src/core/index.ts';

const letters = (count: number): string => 'C4naryX9'.repeat(8).slice(0, count);
const HOOK_TOKEN = letters(60);

/** Of each kind that goes to a URL: its options with a canary in every secret. A kind with secrets that is not here fails the test of canaries. */
export const OPTIONS: Readonly<Record<string, (url: string) => JsonObject>> = {
  webhook: (url) => ({ url: `${url}/hook/${HOOK_TOKEN}?key=${HOOK_TOKEN}`, secret: HOOK_TOKEN }),
  telegram: (server) => ({ server, chat: -1001, token: `123456:${letters(35)}` }),
  ntfy: (server) => ({ server, topic: `topic-${letters(20)}`, user: 'phil', password: letters(24) }),
  gotify: (server) => ({ server, token: letters(15) }),
  pushover: (server) => ({ server, token: letters(30), user: letters(30).split('').reverse().join(''), emergency: true }),
  slack: (url) => ({ url: `${url}/services/T0/B0/${HOOK_TOKEN}` }),
  'slack-bot': (server) => ({ server, channel: '#ops', token: `xoxb-${letters(40)}` }),
  discord: (url) => ({ url: `${url}/api/webhooks/1234/${HOOK_TOKEN}` }),
  matrix: (server) => ({ server, room: '!r:example.org', token: `syt_${letters(30)}` }),
  teams: (url) => ({ url: `${url}/workflows/${letters(32)}/invoke?sig=${HOOK_TOKEN}` }),
  apprise: (url) => ({ url, urls: [`pover://user@${letters(30)}`] }),
};
