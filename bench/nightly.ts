// A night of 200 hosts of which 3 % changed: our look for ports and exact follow-up beside what the scripts do, in the same run.
// Nothing leaves the namespaces it makes.
import { createLan, type Lan, type LanHost } from '../test/lan/index.ts';
import { newProgram, type Program } from '../test/program/program.ts';
import { type Row, round, timed } from './row.ts';

const HOSTS = 200;
/** 3 %: newcomers with all the usual services, and hosts that open one port more. */
const NEWCOMERS = 2;
const OPENED = 4;

const web = (server: string): string => `HTTP/1.0 200 OK\r\nServer: ${server}\r\nContent-Length: 0\r\n\r\n`;
const BANNERS: Readonly<Record<number, string>> = {
  21: '220 ProFTPD 1.3.5 Server (files) [::ffff:10.77.0.1]\r\n',
  25: '220 mail.example ESMTP Postfix\r\n',
  80: web('nginx/1.18.0'),
  110: '+OK Dovecot ready.\r\n',
  143: '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n',
  3128: web('squid/5.7'),
  8000: web('Apache/2.4.57'),
  8080: web('Jetty(9.4.51)'),
};
const USUAL = [21, 25, 80, 110];
const FRESH = [143, 3128, 8000, 8080];

/** What something took, and what it sent: packets that left by the probe's interface meanwhile. */
interface Cost {
  readonly seconds: number;
  readonly packets: number;
}

/** As fast as nmap likes, and printers like anybody: what the scripts do. */
const CONFIG = '[self]\nwatch = false\n[scan]\nrate = "lifted"\nper_host = "lifted"\nfragile = true\n';

export async function nightlyRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: HOSTS - NEWCOMERS });
  const program = await newProgram({ config: CONFIG, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  try {
    for (const [i, host] of lan.hosts.entries()) await serve(lan, host, usualOf(i));
    return await measured(lan, program);
  } finally {
    await program.end();
    await lan.stop();
  }
}

const usualOf = (place: number): number[] => USUAL.filter((_, i) => (place + i) % 4 !== 0);

async function serve(lan: Lan, host: LanHost, ports: readonly number[]): Promise<void> {
  for (const port of ports) await lan.open(host, port, BANNERS[port] as string);
}

async function measured(lan: Lan, program: Program): Promise<Row[]> {
  const json = (...args: string[]): Promise<Json> => program.json(...args);
  await json('scan', lan.block, '--plan', 'ports');
  await json('followup', lan.block);
  const changed = await change(lan);
  const look = await cost(lan, () => json('scan', lan.block, '--plan', 'ports'));
  const followUp = await cost(lan, async () => asExpected(await json('followup', lan.block)));
  const nmap = (...args: string[]) => cost(lan, () => lan.run(['nmap', '-n', '-T4', '-oX', '/dev/null', ...args], { timeout: 600_000 }));
  const full = await nmap('-sV', lan.block);
  const fast = await nmap('-v', '--open', lan.block);
  const cross = await nmap('-sV', '-sC', '-p', [...USUAL, ...FRESH].join(), ...changed);
  return rowsOf({ look, followUp, full, fast, cross });
}

/** Whom a script would follow up: new hosts, and hosts with new ports. */
async function change(lan: Lan): Promise<string[]> {
  const old = lan.hosts.slice(0, OPENED);
  for (const [i, host] of old.entries()) await serve(lan, host, [FRESH[i] as number]);
  const fresh = [await lan.arrive(), await lan.arrive()];
  for (const host of fresh) await serve(lan, host, USUAL);
  return [...old, ...fresh].map(({ address }) => address);
}

interface Json {
  readonly hosts: readonly { readonly ports: readonly unknown[] }[];
}

function asExpected({ hosts }: Json): void {
  const [asked, due] = [hosts.flatMap(({ ports }) => ports).length, OPENED + NEWCOMERS * USUAL.length];
  if (asked !== due) throw new Error(`the follow-up asked ${asked} ports instead of ${due}`);
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
  const third = (costs: Readonly<Record<string, Cost>>): NonNullable<Row['bar']> => ({ max: round(least('seconds', costs) / 3, 1) });
  return [
    {
      name: 'nightly: exact follow-up',
      value: round(followUp.seconds, 1),
      unit: 's',
      bar: third({ full }),
      versus: rivals('seconds', 1, second),
    },
    {
      name: 'nightly: packets of the exact follow-up',
      value: followUp.packets,
      unit: 'packets',
      bar: { max: Math.floor(least('packets', second) / 5) },
      versus: rivals('packets', 0, second),
    },
    {
      name: 'nightly: look for ports and follow-up',
      value: round(night.seconds, 1),
      unit: 's',
      bar: third({ full }),
      versus: rivals('seconds', 1, whole),
    },
    { name: 'nightly: packets of both', value: night.packets, unit: 'packets', versus: rivals('packets', 0, whole) },
  ];
}

const least = (of: keyof Cost, costs: Readonly<Record<string, Cost>>): number => Math.min(...Object.values(costs).map((one) => one[of]));
