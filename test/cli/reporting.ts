import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScanResultJson } from '../../src/contract/index.ts';
import type { Channel, Delivery, Message } from '../../src/core/index.ts';
import { portXml, scanXml } from '../make/nmap-file.ts';
import type { Answers } from './fake-client.ts';
import { emptyFolder, type Given, type Ran, rollcall } from './fake-world.ts';
import { result, scan, stream } from './make.ts';

const CONFIG = '[mail]\nurl = "smtp://me:canary@mail.example.org"\nfrom = "rollcall@example.org"\n';

export const ARGS = 'nmap -sS -p22,80 -- 192.0.2.0/28';

export const page = (...ports: readonly number[]): string =>
  scanXml({ args: ARGS, hosts: [{ address: '192.0.2.2', ports: ports.map((port) => portXml(port)).join('') }] });

/** A client whose scan ends so, and leaves this XML. */
export function scanning(xml: string, over: Partial<ScanResultJson> = {}): Answers {
  const taken = result({ changes: [], ...over });
  return {
    'scans.start': () => ({ scan: scan({ outcome: 'running', finishedAt: null }) }),
    'scans.follow': () => stream({ kind: 'result', result: taken }),
    'scans.export': () => new File([xml], 'scan.xml'),
  };
}

export const DELIVERED: Delivery = { outcome: 'delivered', receipt: '' };
export const refusal = (what: 'message' | 'channel', again: boolean): Delivery => ({
  outcome: 'refused',
  reason: `refused as ${what}`,
  remedy: 'mend it',
  what,
  again,
  after: null,
});

interface Post {
  readonly sent: { readonly to: string; readonly message: Message }[];
  readonly openMail: (mail: { readonly to: string }) => Promise<Channel>;
}

/** Mail that goes nowhere: each receiver is answered so. */
export function post(answer: (to: string) => Delivery = () => DELIVERED): Post {
  const sent: Post['sent'] = [];
  const openMail: Post['openMail'] = async ({ to }) => ({
    name: to,
    send: async (message) => {
      sent.push({ to, message });
      return answer(to);
    },
  });
  return { sent, openMail };
}

/** A place to work in, with a config that says how mail leaves. */
export function place() {
  const data = emptyFolder();
  mkdirSync(join(data, 'rollcall'));
  writeFileSync(join(data, 'rollcall', 'rollcall.toml'), CONFIG);
  const folder = join(data, 'reports');
  const run = (answers: Answers, words: readonly string[] = [], given: Given = {}): Promise<Ran> =>
    rollcall(['report', '192.0.2.0/28', '-o', folder, ...words], { data, answers, ...given });
  return {
    data,
    folder,
    run,
    names: (under = '.') =>
      readdirSync(join(folder, under))
        .filter((name) => name !== '.lock')
        .sort(),
  };
}
