import type { Lan, LanHost } from '../lan/index.ts';
import { type Program, until } from './program.ts';

type Act = (lan: Lan, words: readonly string[], json: Program['json']) => Promise<unknown>;

const hostAt = (lan: Lan, address: string | undefined): LanHost => {
  const host = lan.hosts.find((one) => one.address === address);
  if (host === undefined) throw new Error(`nobody of the network has ${address}`);
  return host;
};

/** What may happen on a network, in the words of a page. */
const EVENTS: readonly (readonly [RegExp, Act])[] = [
  [
    /^(\S+) serves (\d+)\/tcp( now)?: "(.*)"$/,
    async (lan, [address, port, now, banner]) => {
      const host = hostAt(lan, address);
      if (now !== undefined) await lan.close(host, Number(port));
      await lan.open(host, Number(port), `${banner}\n`);
    },
  ],
  [/^(\S+) closes (\d+)\/tcp$/, (lan, [address, port]) => lan.close(hostAt(lan, address), Number(port))],
  [/^(\S+) is switched off$/, (lan, [address]) => lan.depart(hostAt(lan, address))],
  [/^the cable of who scans is out$/, (lan) => lan.unplug()],
  [/^the cable of who scans is in again$/, (lan) => lan.plug()],
  [
    /^(\S+) is swept for the first time$/,
    (_, [block], json) =>
      until(`a sweep of ${block}`, async () => {
        const scans: { plan: string; subject: string; outcome: string }[] = await json('scans');
        return scans.some(({ plan, subject, outcome }) => plan === 'sweep' && subject === block && outcome === 'complete');
      }),
  ],
];

/** Makes it happen; throws for what nobody knows how to do. */
export async function happen(text: string, lan: Lan, json: Program['json']): Promise<void> {
  for (const [pattern, act] of EVENTS) {
    const match = pattern.exec(text);
    if (match) return void (await act(lan, match.slice(1), json));
  }
  throw new Error(`nobody knows how this is done: ${text}`);
}
