import type { Draw } from './draw.ts';
import type { Attributes } from './element.ts';
import type { MadeHost, MadePort, MadeScan, Temper } from './made-scan.ts';
import { address, extraports, mac, makeHost, makePort, name, script, service, state, status, system } from './make-scan.ts';
import { edited, integer, text } from './words.ts';

/** The same network a while later: so many of its hosts (0 to 1) have changed. */
export function changeScan(scan: MadeScan, draw: Draw, { temper, share }: { temper: Temper; share: number }): MadeScan {
  const hosts = scan.hosts.flatMap((host) => (draw.happens(share) ? changeHost(host, draw, temper) : [host]));
  const more = draw.times(draw.happens(share * 3) ? draw.between(1, 2) : 0, () => makeHost(draw, temper));
  return {
    header: draw.happens(0.7) ? changeHeader(scan.header, draw) : scan.header,
    preScripts: draw.happens(share) ? changeList(scan.preScripts, draw, { make: () => script(draw, temper), alter }) : scan.preScripts,
    postScripts: draw.happens(share) ? changeList(scan.postScripts, draw, { make: () => script(draw, temper), alter }) : scan.postScripts,
    hints: draw.happens(0.5) ? [] : scan.hints,
    hosts: draw.happens(0.3) ? draw.shuffled([...hosts, ...more]) : [...hosts, ...more],
    finished: draw.happens(0.7) ? [{ time: integer(draw.below(2 ** 31), draw) }] : scan.finished,
  };
}

function changeHeader(header: Attributes, draw: Draw): Attributes {
  return draw.pick([
    () => ({ ...header, start: String(draw.below(2 ** 31)) }),
    () => ({ ...header, args: `nmap ${text(draw)}` }),
    () => ({ ...header, version: draw.pick(['7.94', undefined]) }),
    () => ({ ...header, start: undefined }),
    () => ({ ...header, start: String((Number.parseInt(header['start'] ?? '0', 10) || 0) + 3600) }),
  ])();
}

interface Changes<T> {
  make(): T;
  alter(thing: T, draw: Draw): T;
}

/** One of the list goes, comes, changes, is doubled, or the order does. */
function changeList<T>(list: readonly T[], draw: Draw, { make, alter }: Changes<T>): readonly T[] {
  const at = draw.below(list.length);
  const replaced = (...things: readonly T[]): readonly T[] => [...list.slice(0, at), ...things, ...list.slice(at + 1)];
  if (list.length === 0) return [make()];
  const chosen = list[at] as T;
  return draw.pick([
    () => replaced(),
    () => replaced(chosen, make()),
    () => replaced(alter(chosen, draw)),
    () => replaced(alter(chosen, draw)),
    () => replaced(chosen, chosen),
    () => draw.shuffled(list),
    () => [],
  ])();
}

/** One attribute goes, or says something else. */
function alter(attributes: Attributes, draw: Draw): Attributes {
  const given = Object.keys(attributes).filter((key) => attributes[key] !== undefined);
  if (given.length === 0) return attributes;
  const key = given.includes('output') && draw.happens(0.8) ? 'output' : draw.pick(given);
  const value = attributes[key] as string;
  if (draw.happens(0.05) && key !== 'addrtype') return { ...attributes, [key]: undefined };
  return { ...attributes, [key]: altered(key, value, draw) };
}

function altered(key: string, value: string, draw: Draw): string {
  if (key === 'addrtype') return draw.pick(['ipv4', 'ipv6', 'mac']);
  if (key === 'count') return integer(draw.below(1000), draw);
  return key === 'output' && draw.happens(0.85) ? edited(value, draw) : text(draw);
}

function changeHost(host: MadeHost, draw: Draw, temper: Temper): MadeHost[] {
  const count = draw.pick([0, 1, 1, 1, 2, 3]);
  if (count === 0) return draw.pick([[], [], [host, host], [makeHost(draw, temper)]]);
  let changed = host;
  for (let i = 0; i < count; i++) changed = changeOnce(changed, draw, temper);
  return [changed];
}

function changeOnce(host: MadeHost, draw: Draw, temper: Temper): MadeHost {
  const { addresses, names, ports, os, scripts } = host;
  if (temper.long && draw.happens(0.6)) return said(host, draw);
  const list = <T>(of: readonly T[], changes: Changes<T>): readonly T[] => changeList(of, draw, changes);
  return draw.pick<() => MadeHost>([
    () => ({ ...host, status: [status(draw, temper)] }),
    () => ({ ...host, addresses: list(addresses, { make: () => address(draw, temper), alter }) }),
    () => ({ ...host, addresses: [...addresses.filter(({ addrtype }) => addrtype !== 'mac'), mac(draw)] }),
    () => ({ ...host, names: list(names, { make: () => name(draw, temper), alter }) }),
    () => ({ ...host, extraports: draw.happens(0.3) ? draw.shuffled(host.extraports) : extraports(draw, temper) }),
    () => ({ ...host, ports: changePorts(ports, draw, temper) }),
    () => ({ ...host, ports: changePorts(ports, draw, temper) }),
    () => ({ ...host, ports: changePorts(ports, draw, temper) }),
    () => ({ ...host, os: list(os, { make: () => system(draw, temper), alter }) }),
    () => ({ ...host, scripts: list(scripts, { make: () => script(draw, temper), alter }) }),
    () => ({ ...host, attributes: { ...host.attributes, endtime: String(draw.below(2e9)) } }),
  ])();
}

/** All its scripts say something a little different. */
function said(host: MadeHost, draw: Draw): MadeHost {
  const differently = (scripts: readonly Attributes[]): readonly Attributes[] =>
    scripts.map((of) => ({ ...of, output: of['output'] === undefined ? undefined : edited(of['output'], draw) }));
  const ports = host.ports.map((port) => ({ ...port, scripts: differently(port.scripts) }));
  return { ...host, ports, scripts: differently(host.scripts) };
}

function changePorts(ports: readonly MadePort[], draw: Draw, temper: Temper): readonly MadePort[] {
  return changeList(ports, draw, { make: () => makePort(draw, temper), alter: (port) => changePort(port, draw, temper) });
}

function changePort(port: MadePort, draw: Draw, temper: Temper): MadePort {
  const { services } = port;
  const first = services[0] ?? service(draw, temper);
  return draw.pick<() => MadePort>([
    () => ({ ...port, states: [state(draw, temper)] }),
    () => ({ ...port, services: changeList(services, draw, { make: () => service(draw, temper), alter }) }),
    () => ({ ...port, services: [{ ...first, tunnel: draw.pick(['ssl', undefined, 'x']) }] }),
    () => ({ ...port, services: [joined(first)] }),
    () => ({ ...port, scripts: changeList(port.scripts, draw, { make: () => script(draw, temper), alter }) }),
    () => ({ ...port, scripts: changeList(port.scripts, draw, { make: () => script(draw, temper), alter }) }),
  ])();
}

/** Other fields that read the same in the table. */
const joined = (of: Attributes): Attributes => ({ ...of, product: `${of['product'] ?? ''} ${of['version'] ?? ''}`, version: undefined });
