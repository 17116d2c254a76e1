import type { Draw } from './draw.ts';
import type { Attributes } from './element.ts';
import type { MadeHost, MadePort, MadeScan, Temper } from './made-scan.ts';
import { integer, longOutput, output, text } from './words.ts';

const STATES = ['open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered'];
const SCRIPT_IDS = ['ssl-cert', 'http-title', 'ssh-hostkey', 'banner', 'smb-os-discovery', 'a', 'B', 'é', '𝒳', '\uff21'];
const SYSTEMS = ['Linux 5.0', 'Linux 5.4', 'Linux 4.15 - 5.8', 'Windows 10', 'FreeBSD 13', 'HP printer', 'é\u2028x'];
const NUMBERS = [1, 9, 17, 21, 22, 53, 80, 100, 123, 443, 8080, 65535];

/** A scan drawn from a seed: most of it as nmap writes, the rest as nobody should. */
export function makeScan(draw: Draw, temper: Temper): MadeScan {
  return {
    header: header(draw),
    preScripts: draw.happens(0.2) ? scripts(draw, temper) : [],
    postScripts: draw.happens(0.2) ? scripts(draw, temper) : [],
    hints: draw.times(draw.happens(0.3) ? draw.below(3) : 0, () => makeHost(draw, temper)),
    hosts: draw.times(temper.hosts, () => makeHost(draw, temper)),
    finished: draw.happens(0.9) ? [{ time: integer(time(draw), draw), elapsed: '1.5' }] : [],
  };
}

function header(draw: Draw): Attributes {
  return {
    scanner: draw.happens(0.1) ? draw.pick(['masscan', 'Nmap', '', text(draw)]) : draw.happens(0.95) ? 'nmap' : undefined,
    args: draw.happens(0.9) ? `nmap -sV -oX ${draw.pick(['a.xml', 'b.xml', text(draw)])} 10.0.0.0/24` : undefined,
    start: draw.happens(0.9) ? integer(time(draw), draw) : undefined,
    startstr: draw.pick(['Mon Jan  1 00:00:00 2026', undefined]),
    version: draw.happens(0.9) ? draw.pick(['7.93', '7.93', '7.95', '']) : undefined,
    xmloutputversion: '1.05',
  };
}

/** Near moments when clocks change, in some places of the world, or anywhen. */
const time = (draw: Draw): number =>
  draw.pick([1_772_445_600, 1_792_888_200, 1_792_891_800, 1_774_746_000, 0, -1, 86_399, 253_402_210_000, draw.below(2 ** 31)]);

export function makeHost(draw: Draw, temper: Temper): MadeHost {
  const timedout = draw.happens(0.03) ? 'true' : undefined;
  return {
    attributes: { starttime: String(draw.below(2e9)), endtime: String(draw.below(2e9)), timedout },
    status: twiceOrNot(draw, temper, () => status(draw, temper)),
    addresses: addresses(draw, temper),
    names: draw.times(draw.pick([0, 0, 0, 1, 1, 1, 2, 3]), () => name(draw, temper)),
    extraports: extraports(draw, temper),
    ports: draw.times(draw.pick([0, 1, 2, 3, 5, 8]), () => makePort(draw, temper)),
    os: draw.times(draw.happens(0.4) ? draw.below(7) : 0, () => system(draw, temper)),
    scripts: draw.happens(temper.scripts) ? scripts(draw, temper) : [],
  };
}

function twiceOrNot(draw: Draw, { sloppy }: Temper, make: () => Attributes): Attributes[] {
  return draw.times(draw.happens(sloppy) ? draw.pick([0, 2]) : 1, make);
}

/** Left out where the scan is sloppy. */
const kept = (value: string, draw: Draw, { sloppy }: Temper): string | undefined => (draw.happens(sloppy / 2) ? undefined : value);

export function status(draw: Draw, temper: Temper): Attributes {
  const state = draw.happens(0.9) ? 'up' : draw.pick(['down', 'unknown', 'skipped', '', text(draw, temper.odd)]);
  return { state: kept(state, draw, temper), reason: draw.pick(['arp-response', 'echo-reply']), reason_ttl: String(draw.below(256)) };
}

function addresses(draw: Draw, temper: Temper): Attributes[] {
  const few = draw.happens(temper.sloppy) ? draw.below(4) : 1;
  const first = draw.times(few, () => address(draw, temper));
  return draw.happens(0.4) ? [...first, mac(draw)] : first;
}

/** From a small world, so that hosts share addresses within and between scans. */
export function address(draw: Draw, temper: Temper): Attributes {
  const v4 = `10.0.${draw.below(2)}.${draw.pick([1, 2, 9, 10, 11, 99, 100, 101, draw.below(256)])}`;
  const v6 = draw.pick(['::1', 'fe80::1', 'FE80::1', '2001:db8::10', '2001:db8:0:0:0:0:0:10']);
  const [addrtype, addr] = draw.pick<readonly [string | undefined, string]>([
    ['ipv4', v4],
    ['ipv4', v4],
    ['ipv4', v4],
    [undefined, v4],
    ['ipv6', v6],
    ['ipv4', draw.happens(temper.odd) ? text(draw, 1) : v4],
  ]);
  return { addr: kept(addr, draw, temper), addrtype };
}

export const mac = (draw: Draw): Attributes => ({
  addr: `00:11:22:33:44:${draw.pick(['AA', 'ab', '0F', '55'])}`,
  addrtype: 'mac',
  vendor: draw.pick(['Cisco', undefined, 'É & Co']),
});

export function name(draw: Draw, temper: Temper): Attributes {
  const word = draw.happens(temper.odd) ? text(draw, 0.7) : draw.pick(['alpha', 'Beta', 'zeta', 'router', 'www', '_x', '10']);
  return { name: kept(`${word}${draw.pick(['', '', '.lan', '.example.com'])}`, draw, temper), type: draw.pick(['PTR', 'user']) };
}

export function extraports(draw: Draw, temper: Temper): Attributes[] {
  const states = draw.shuffled(STATES).slice(0, draw.pick([0, 1, 1, 1, 2, 3]));
  const repeated = draw.happens(temper.sloppy) ? [...states, ...states.slice(0, 1)] : states;
  return repeated.map((state) => ({
    // Without a state and a count that others have too, Ndiff cannot sort: that has a situation of its own.
    state,
    count: kept(draw.happens(temper.sloppy / 2) ? draw.pick(['many', '', '1.5', '0x10']) : integer(draw.below(1000), draw), draw, temper),
  }));
}

export function makePort(draw: Draw, temper: Temper): MadePort {
  const number = draw.happens(0.9) ? draw.pick(NUMBERS) : draw.pick([0, -5, 70_000, 10 ** 15, draw.below(65_536)]);
  return {
    attributes: { protocol: draw.pick(['tcp', 'tcp', 'tcp', 'udp', 'sctp', 'ip', 'Tcp']), portid: integer(number, draw) },
    states: twiceOrNot(draw, temper, () => state(draw, temper)),
    services: draw.happens(0.8) ? twiceOrNot(draw, temper, () => service(draw, temper)) : [],
    scripts: draw.happens(temper.scripts) ? scripts(draw, temper) : [],
  };
}

export function state(draw: Draw, temper: Temper): Attributes {
  const word = draw.happens(0.8) ? 'open' : draw.pick([...STATES, 'unknown', '', text(draw, temper.odd)]);
  return { state: kept(word, draw, temper), reason: 'syn-ack', reason_ttl: String(draw.below(256)) };
}

export function service(draw: Draw, temper: Temper): Attributes {
  const maybe = (share: number, make: () => string): string | undefined => (draw.happens(share) ? make() : undefined);
  return {
    name: maybe(0.9, () => (draw.happens(0.8) ? draw.pick(['http', 'ssh', 'domain', 'https', '']) : text(draw, temper.odd))),
    product: maybe(0.6, () => text(draw, temper.odd)),
    version: maybe(0.5, () => draw.pick(['1.0', '1.1', '2.0 beta', '', text(draw, temper.odd)])),
    extrainfo: maybe(0.3, () => text(draw, temper.odd)),
    tunnel: maybe(0.1, () => draw.pick(['ssl', '', 'tls'])),
    method: draw.pick(['probed', 'table']),
    conf: '10',
    hostname: maybe(0.1, () => text(draw)),
    servicefp: maybe(0.05, () => 'SF-Port80-TCP:V=7.93%'.repeat(draw.between(1, 400))),
  };
}

export function system(draw: Draw, temper: Temper): Attributes {
  return { name: kept(draw.happens(0.9) ? draw.pick(SYSTEMS) : text(draw, temper.odd), draw, temper), accuracy: '96', line: '1' };
}

export const scripts = (draw: Draw, temper: Temper): Attributes[] => draw.times(draw.pick([1, 1, 2, 2, 3, 5]), () => script(draw, temper));

export function script(draw: Draw, temper: Temper): Attributes {
  const said = temper.long && draw.happens(0.3) ? longOutput(draw) : output(draw);
  return { id: kept(draw.pick(SCRIPT_IDS), draw, temper), output: kept(said, draw, temper) };
}
