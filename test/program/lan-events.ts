import type { Lan, LanHost } from '../lan/index.ts';
import { type Program, until } from './program.ts';
import type { Receivers } from './walk-receivers.ts';

/** Where something happens. */
export interface Scene {
  readonly lan: Lan;
  readonly json: Program['json'];
  readonly receivers: Receivers;
}

type Act = (scene: Scene, words: readonly string[]) => Promise<unknown>;

const hostAt = (lan: Lan, address: string | undefined): LanHost => {
  const host = lan.hosts.find((one) => one.address === address);
  if (host === undefined) throw new Error(`nobody of the network has ${address}`);
  return host;
};

/** What may happen on a network, in the words of a page. */
const EVENTS: readonly (readonly [RegExp, Act])[] = [
  [
    /^(\S+) serves (\d+)\/tcp( now)?: "(.*)"$/,
    async ({ lan }, [address, port, now, banner]) => {
      const host = hostAt(lan, address);
      if (now !== undefined) await lan.close(host, Number(port));
      await lan.open(host, Number(port), `${banner}\n`);
    },
  ],
  [/^(\S+) closes (\d+)\/tcp$/, ({ lan }, [address, port]) => lan.close(hostAt(lan, address), Number(port))],
  [/^(\S+) is switched off$/, ({ lan }, [address]) => lan.depart(hostAt(lan, address))],
  [/^(\S+) is switched on again$/, ({ lan }, [address]) => lan.arrive(hostAt(lan, address))],
  [
    /^(\S+) joins the network$/,
    async ({ lan }, [address]) => {
      const joined = await lan.arrive();
      if (joined.address !== address) throw new Error(`${joined.address} is the next to join, and not ${address}`);
    },
  ],
  [/^the cable of who scans is out$/, ({ lan }) => lan.unplug()],
  [/^the cable of who scans is in again$/, ({ lan }) => lan.plug()],
  [
    /^(\S+) is swept for the first time$/,
    ({ json }, [block]) =>
      until(`a sweep of ${block}`, async () => {
        const scans: { plan: string; subject: string; outcome: string }[] = await json('scans');
        return scans.some(({ plan, subject, outcome }) => plan === 'sweep' && subject === block && outcome === 'complete');
      }),
  ],
  [
    /^(IFTTT|a mail server|mosquitto) answers at 127\.0\.0\.1:(\d+)$/,
    ({ receivers }, [who = '', port]) => receivers.start(who, Number(port)),
  ],
  [/^(IFTTT|the mail server) gets a message$/, ({ receivers }, [who = '']) => receivers.told(who)],
  [
    /^a message is tried in vain$/,
    ({ json }) =>
      until('a first attempt', async () => {
        const waiting: { state: string; attempts: number }[] = await json('outbox');
        return waiting.some(({ state, attempts }) => state === 'waiting' && attempts > 0);
      }),
  ],
  [
    /^the broker has "(.*)" at (\S+)$/,
    ({ receivers }, [text = '', topic = '']) => until(`${text} at ${topic}`, async () => (await receivers.kept(topic)) === text),
  ],
];

/** Makes it happen; throws for what nobody knows how to do. */
export async function happen(text: string, scene: Scene): Promise<void> {
  for (const [pattern, act] of EVENTS) {
    const match = pattern.exec(text);
    if (match) return void (await act(scene, match.slice(1)));
  }
  throw new Error(`nobody knows how this is done: ${text}`);
}
