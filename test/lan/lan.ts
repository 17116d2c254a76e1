import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { type AddressValue, formatAddress, orFault, parseTarget, type TargetSpec } from '../../src/core/index.ts';
import { cableLines, layDetour } from './cabling.ts';
import { inPool, ipBatch } from './ip.ts';
import { Keeper } from './keeper.ts';
import { cardOf } from './makers.ts';
import { ProbeLink, type Stand } from './probe-link.ts';
import { Programs, type RunOptions, type RunResult } from './programs.ts';

export interface LanOptions {
  /** How many hosts stand there at the start. */
  readonly hosts: number;
  /** The network, a /24 or wider; 10.77.0.0/24 when not given. */
  readonly block?: string;
  /** Gives the probe a second interface with a default route, behind which a router answers pings for every host's address (R4). */
  readonly detour?: boolean;
}

/** A host of the LAN: a namespace with one network card. Its fields tell what is true now. */
export interface LanHost {
  readonly namespace: string;
  /** Its port on the switch. */
  readonly plug: string;
  address: string;
  mac: string;
  /** How the name of its card's maker begins; meaningless after changeMac. */
  vendor: string;
}

type Ranges = Extract<TargetSpec, { kind: 'ranges' }>;

/** Every name begins with the pid that made it, so that what a dead process left can be told from what is in use. */
let lans = 0;

/** Builds the LAN; every test that made one stops it in `after`. */
export async function createLan(options: LanOptions): Promise<Lan> {
  const prefix = `rc${process.pid}-${++lans}-`;
  const keeper = await Keeper.start(prefix);
  try {
    const lan = new Lan(keeper, prefix, options);
    await lan.build();
    return lan;
  } catch (fault) {
    await keeper.stop();
    throw fault;
  }
}

export class Lan {
  readonly block: string;
  /** Where the probe stands; look from here only. */
  readonly probe: Stand;
  readonly hosts: LanHost[] = [];
  readonly switch: string;
  /** Where the detour leads. */
  readonly router: string;
  readonly #keeper: Keeper;
  readonly #prefix: string;
  readonly #options: LanOptions;
  readonly #first: AddressValue;
  readonly #bits: string;
  readonly #programs: Programs;
  readonly #link: ProbeLink;
  #made = 0;

  constructor(keeper: Keeper, prefix: string, options: LanOptions) {
    this.#keeper = keeper;
    this.#prefix = prefix;
    this.#options = options;
    this.block = options.block ?? '10.77.0.0/24';
    const range = (orFault(parseTarget(this.block)) as Ranges).ranges[0];
    if (range === undefined || range.last - range.first < BigInt(options.hosts) + 2n)
      throw new Error(`${this.block} has no room for ${options.hosts} hosts and a probe`);
    this.#first = { family: range.family, value: range.first };
    this.#bits = this.block.slice(this.block.indexOf('/'));
    this.switch = `${prefix}switch`;
    this.router = `${prefix}router`;
    const address = formatAddress({ family: range.family, value: range.last - 1n });
    this.probe = { namespace: `${prefix}probe`, iface: 'lan0', address, mac: '02:00:5e:00:53:fe' };
    this.#programs = new Programs(this.probe.namespace);
    this.#link = new ProbeLink(this.probe, { switch: this.switch, bits: this.#bits });
  }

  /** The address at a place in the block: 1 is the first a host may have. */
  addressAt(place: number): string {
    return formatAddress({ family: this.#first.family, value: this.#first.value + BigInt(place) });
  }

  async build(): Promise<void> {
    await ipBatch([`netns add ${this.switch}`, `netns add ${this.probe.namespace}`]);
    const { iface, address, mac, namespace } = this.probe;
    await ipBatch(
      [
        'link set lo up',
        'link add br0 type bridge stp_state 0 forward_delay 0',
        'link set br0 up',
        ...cableLines({ plug: 'probe', namespace, mac, iface }),
      ],
      this.switch,
    );
    await ipBatch(['link set lo up', `addr add ${address}${this.#bits} dev ${iface}`, `link set ${iface} up`], namespace);
    await this.#addHosts(this.#options.hosts);
    const { router, probe } = this;
    if (this.#options.detour) await layDetour({ router, probe, answers: this.hosts.map((host) => host.address) });
    await this.#link.until('up');
  }

  async #addHosts(count: number): Promise<LanHost[]> {
    const added = Array.from({ length: count }, () => this.#nextHost());
    await ipBatch(added.map(({ namespace }) => `netns add ${namespace}`));
    await ipBatch(added.flatMap(cableLines), this.switch);
    await inPool(added, ({ namespace, address }) =>
      ipBatch(['link set lo up', `addr add ${address}${this.#bits} dev eth0`, 'link set eth0 up'], namespace),
    );
    this.hosts.push(...added);
    return added;
  }

  #nextHost(): LanHost {
    const place = ++this.#made;
    return { namespace: `${this.#prefix}h${place}`, plug: `h${place}`, address: this.addressAt(place), ...cardOf(place) };
  }

  /** A namespace of its own at the switch, without an address: for programs that answer by themselves. */
  async addBareNode(name: string): Promise<{ namespace: string; iface: string }> {
    const namespace = `${this.#prefix}${name}`;
    await ipBatch([`netns add ${namespace}`]);
    await ipBatch(cableLines({ plug: name, namespace, mac: '02:00:5e:00:53:01' }), this.switch);
    await ipBatch(['link set lo up', 'link set eth0 up'], namespace);
    return { namespace, iface: 'eth0' };
  }

  /** R5: another network of the same numbers behind the same switch, whose hosts have the first addresses of the block. */
  async buildElsewhere(count: number): Promise<readonly LanHost[]> {
    await ipBatch(['link add br1 type bridge stp_state 0 forward_delay 0', 'link set br1 up'], this.switch);
    const there = await this.#addHosts(count);
    this.hosts.splice(-count);
    await ipBatch(
      there.map(({ plug }) => `link set ${plug} master br1`),
      this.switch,
    );
    for (const [i, host] of there.entries()) await this.readdress(host, this.addressAt(i + 1));
    return there;
  }

  /** R5: the probe is carried to the other network, or home; its carrier and its address stay as they are. */
  carry(where: 'elsewhere' | 'home'): Promise<void> {
    return ipBatch([`link set probe master ${where === 'home' ? 'br0' : 'br1'}`], this.switch);
  }

  /** Moves all hosts behind a switch of their own: its uplink can die while the probe keeps its carrier. */
  async cascade(): Promise<void> {
    await ipBatch(
      [
        'link add br2 type bridge stp_state 0 forward_delay 0',
        'link set br2 up',
        'link add name up0 type veth peer name up1',
        'link set up0 master br0',
        'link set up1 master br2',
        'link set up1 up',
        ...this.hosts.map(({ plug }) => `link set ${plug} master br2`),
      ],
      this.switch,
    );
    await this.uplink('up');
  }

  /** R2, but not on our own link. */
  uplink(state: 'up' | 'down'): Promise<void> {
    return ipBatch([`link set up0 ${state}`], this.switch);
  }

  /** A new host joins, or one that departed comes back. */
  async arrive(host?: LanHost): Promise<LanHost> {
    if (host === undefined) return (await this.#addHosts(1))[0] as LanHost;
    await ipBatch(['link set eth0 up'], host.namespace);
    return host;
  }

  async depart(host: LanHost): Promise<void> {
    await ipBatch(['link set eth0 down'], host.namespace);
    await this.#forgetNeighbours();
  }

  async readdress(host: LanHost, address: string): Promise<void> {
    await ipBatch([`addr del ${host.address}${this.#bits} dev eth0`, `addr add ${address}${this.#bits} dev eth0`], host.namespace);
    host.address = address;
    await this.#forgetNeighbours();
  }

  async changeMac(host: LanHost, mac: string): Promise<void> {
    await ipBatch([`link set eth0 address ${mac}`], host.namespace);
    host.mac = mac;
    await this.#forgetNeighbours();
  }

  /** Listens on a TCP port. A banner that begins with "HTTP/" is said after a request, any other at once. */
  open(host: LanHost, port: number, banner: string): Promise<void> {
    return this.#keeper.order({ do: 'open', namespace: host.namespace, port, banner });
  }

  close(host: LanHost, port: number): Promise<void> {
    return this.#keeper.order({ do: 'close', namespace: host.namespace, port });
  }

  /** R1: the probe's interface is switched off. */
  probeDown = (): Promise<void> => this.#link.down();
  probeUp = (): Promise<void> => this.#link.up();

  /** R2: the cable comes out; the interface stays up without a carrier. */
  unplug = (): Promise<void> => this.#link.unplug();
  plug = (): Promise<void> => this.#link.plug();

  /** R3: the probe loses its address. */
  dropAddress = (): Promise<void> => this.#link.dropAddress();
  restoreAddress = (): Promise<void> => this.#link.restoreAddress();

  /** Starts a program where the probe stands. */
  spawn = (argv: readonly string[], options: SpawnOptions = {}): ChildProcess => this.#programs.spawn(argv, options);

  /** Runs a program where the probe stands, to its end. A program ended by a signal has code -1. */
  run = (argv: readonly string[], options: RunOptions = {}): Promise<RunResult> => this.#programs.run(argv, options);

  /** Kills what runs in the namespaces, or is on its way into them, and removes them. */
  async stop(): Promise<void> {
    await this.#programs.end();
    await this.#keeper.stop();
  }

  #forgetNeighbours(): Promise<void> {
    return ipBatch(['neigh flush all'], this.probe.namespace);
  }
}
