// A night of 200 hosts of which 3 % changed: our look for ports and exact follow-up beside what the scripts do, in the same run.
// Nothing leaves the namespaces it makes.
import { join } from 'node:path';
import { createLan, type Lan, type LanHost } from '../test/lan/index.ts';
import { newProgram, type Program } from '../test/program/program.ts';
import { type Row, round, timed } from './row.ts';

const HOSTS = 200;
/** 3 %. */
const CHANGED = 6;

const web = (server: string): string => `HTTP/1.0 200 OK\r\nServer: ${server}\r\nContent-Length: 0\r\n\r\n`;
const BANNERS: Readonly<Record<number, string>> = {
  21: '220 ProFTPD 1.3.5 Server (files) [::ffff:10.77.0.1]\r\n',
  25: '220 mail.example ESMTP Postfix\r\n',
  80: web('nginx/1.18.0'),
  110: '+OK Dovecot ready.\r\n',
  143: '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n',
  443: web('lighttpd/1.4.69'),
  3306: '220 not what you think\r\n',
  8000: web('Apache/2.4.57'),
  8080: web('Jetty(9.4.51)'),
  8443: web('nginx/1.24.0'),
};
const USUAL = [21, 25, 80, 110];
const FRESH = [143, 443, 3306, 8000, 8080, 8443];

/** What something took, and what it sent: packets that left by the probe's interface meanwhile. */
interface Cost {
  readonly seconds: number;
  readonly packets: number;
}

export async function nightlyRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: HOSTS });
  const program = await newProgram({ config: '[self]\nwatch = false\n', prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  try {
    for (const [i, host] of lan.hosts.entries()) for (const port of usualOf(i)) await lan.open(host, port, BANNERS[port] as string);
    return await measured(lan, program);
  } finally {
    await program.end();
    await lan.stop();
  }
}

const usualOf = (place: number): number[] => USUAL.filter((_, i) => (place + i) % 4 !== 0);
/** No printers, which we leave alone. */
const changedOf = (lan: Lan): LanHost[] =>
  lan.hosts.filter(({ vendor }) => vendor !== 'Brother' && vendor !== 'Hewlett Packard').slice(0, CHANGED);

async function measured(lan: Lan, program: Program): Promise<Row[]> {
  const nights = join(program.data, '..', 'nights');
  const night = (): Promise<unknown> => program.run('nightly', lan.block, '-o', nights);
  await program.json('scan', lan.block, '--plan', 'sweep');
  await night();
  const changed = changedOf(lan);
  for (const [i, host] of changed.entries()) await lan.open(host, FRESH[i] as number, BANNERS[FRESH[i] as number] as string);
  const look = await cost(lan, () => program.json('scan', lan.block, '--plan', 'ports'));
  const followUp = await cost(lan, () => asExpected(program.json('followup', lan.block)));
  const nmap = (...args: string[]) => cost(lan, () => lan.run(['nmap', '-n', '-T4', '-oX', '/dev/null', ...args]));
  const full = await nmap('-sV', lan.block);
  const fast = await nmap('-v', '--open', lan.block);
  const cross = await nmap('-sV', '-sC', '-p', FRESH.join(), ...changed.map(({ address }) => address));
  return rowsOf({ look, followUp, full, fast, cross });
}

async function asExpected(result: Promise<{ hosts: { ports: { state: string }[] }[] }>): Promise<void> {
  const ports = (await result).hosts.flatMap((host) => host.ports);
  if (ports.length !== CHANGED) throw new Error(`the follow-up asked ${ports.length} ports instead of ${CHANGED}`);
}

async function cost({ run, probe }: Lan, work: () => Promise<unknown>): Promise<Cost> {
  const sent = async (): Promise<number> => Number((await run(['cat', `/sys/class/net/${probe.iface}/statistics/tx_packets`])).stdout);
  const before = await sent();
  const took = await timed(work);
  return { seconds: took / 1000, packets: (await sent()) - before };
}

const both = (a: Cost, b: Cost): Cost => ({ seconds: a.seconds + b.seconds, packets: a.packets + b.packets });

interface Costs {
  readonly look: Cost;
  readonly followUp: Cost;
  readonly full: Cost;
  readonly fast: Cost;
  readonly cross: Cost;
}

function rowsOf({ look, followUp, full, fast, cross }: Costs): Row[] {
  const night = both(look, followUp);
  const scripts = both(fast, cross);
  const rivals = (of: keyof Cost, digits: number, costs: Readonly<Record<string, Cost>>) =>
    Object.fromEntries(Object.entries(costs).map(([name, one]) => [name, round(one[of], digits)]));
  const whole = { '-sV of everything': full, 'fast scan and cross product': scripts };
  const second = { '-sV of everything': full, 'cross product': cross };
  return [
    {
      name: 'nightly: 200 hosts, 3 % changed',
      value: round(night.seconds, 1),
      unit: 's',
      bar: { max: round(full.seconds / 3, 1) },
      versus: rivals('seconds', 1, whole),
    },
    { name: 'nightly: packets sent', value: night.packets, unit: 'packets', versus: rivals('packets', 0, whole) },
    {
      name: 'nightly: exact follow-up',
      value: round(followUp.seconds, 1),
      unit: 's',
      bar: { max: round(full.seconds / 3, 1) },
      versus: rivals('seconds', 1, second),
    },
    {
      name: 'nightly: packets of the exact follow-up',
      value: followUp.packets,
      unit: 'packets',
      bar: { max: Math.floor(cross.packets / 5) },
      versus: rivals('packets', 0, second),
    },
  ];
}
