import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type AddressValue, formatAddress, orFault, parseTarget, type TargetSpec } from '../../src/core/index.ts';
import { IP, inPool, ipBatch, ipJson } from './ip.ts';
import { Keeper } from './keeper.ts';
import { cardOf } from './makers.ts';

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

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A veth from a port of the switch to the card in a namespace. */
interface Cable {
  readonly plug: string;
  readonly namespace: string;
  readonly mac: string;
  readonly iface?: string;
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
  readonly probe: { readonly namespace: string; readonly iface: string; readonly address: string; readonly mac: string };
  readonly hosts: LanHost[] = [];
  readonly switch: string;
  /** Where the detour leads. */
  readonly router: string;
  readonly #keeper: Keeper;
  readonly #prefix: string;
  readonly #options: LanOptions;
  readonly #first: AddressValue;
  readonly #bits: string;
  /** Programs of ours that have not ended. The keeper finds only those that stand in a namespace already. */
  readonly #running = new Set<ChildProcess>();
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
        ...this.#wire({ plug: 'probe', namespace, mac, iface }),
      ],
      this.switch,
    );
    await ipBatch(['link set lo up', `addr add ${address}${this.#bits} dev ${iface}`, `link set ${iface} up`], namespace);
    await this.#addHosts(this.#options.hosts);
    if (this.#options.detour) await this.#buildDetour();
    await this.#untilState('up');
  }

  #wire({ plug, namespace, mac, iface = 'eth0' }: Cable): string[] {
    return [
      `link add name ${plug} type veth peer name ${iface} address ${mac} netns ${namespace}`,
      `link set ${plug} master br0`,
      `link set ${plug} up`,
    ];
  }

  async #addHosts(count: number): Promise<LanHost[]> {
    const added = Array.from({ length: count }, () => this.#nextHost());
    await ipBatch(added.map(({ namespace }) => `netns add ${namespace}`));
    await ipBatch(
      added.flatMap((host) => this.#wire(host)),
      this.switch,
    );
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

  /** A network where nobody has a MAC, yet every address of the LAN answers pings. */
  async #buildDetour(): Promise<void> {
    const { router } = this;
    await ipBatch([`netns add ${router}`]);
    await ipBatch(['link set lo up', `link add name in0 type veth peer name out0 netns ${this.probe.namespace}`], router);
    const answers = this.hosts.map(({ address }) => `route add local ${address}/32 dev lo`);
    await ipBatch(
      ['addr add 198.51.100.1/24 dev in0', 'link set in0 up', ...answers, `route add ${this.probe.address}/32 dev in0`],
      router,
    );
    await ipBatch(['addr add 198.51.100.2/24 dev out0', 'link set out0 up', 'route add default via 198.51.100.1'], this.probe.namespace);
  }

  /** A namespace of its own at the switch, without an address: for programs that answer by themselves. */
  async addBareNode(name: string): Promise<{ namespace: string; iface: string }> {
    const namespace = `${this.#prefix}${name}`;
    await ipBatch([`netns add ${namespace}`]);
    await ipBatch(this.#wire({ plug: name, namespace, mac: '02:00:5e:00:53:01' }), this.switch);
    await ipBatch(['link set lo up', 'link set eth0 up'], namespace);
    return { namespace, iface: 'eth0' };
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
  async probeDown(): Promise<void> {
    await ipBatch([`link set ${this.probe.iface} down`], this.probe.namespace);
    await this.#untilState('down');
  }

  async probeUp(): Promise<void> {
    await ipBatch([`link set ${this.probe.iface} up`], this.probe.namespace);
    await this.#untilState('up');
  }

  /** R2: the cable comes out; the interface stays up without a carrier. */
  async unplug(): Promise<void> {
    await ipBatch(['link set probe down'], this.switch);
    await this.#untilState('down');
  }

  async plug(): Promise<void> {
    await ipBatch(['link set probe up'], this.switch);
    await this.#untilState('up');
  }

  /** R3: the probe loses its address. */
  dropAddress(): Promise<void> {
    return ipBatch([`addr del ${this.probe.address}${this.#bits} dev ${this.probe.iface}`], this.probe.namespace);
  }

  restoreAddress(): Promise<void> {
    return ipBatch([`addr add ${this.probe.address}${this.#bits} dev ${this.probe.iface}`], this.probe.namespace);
  }

  /** Starts a program where the probe stands. */
  spawn(argv: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return this.#own(spawn(IP, ['netns', 'exec', this.probe.namespace, ...argv], options));
  }

  /** Runs a program where the probe stands, to its end. A program ended by a signal has code -1. */
  run(argv: readonly string[], options: { timeout?: number; env?: NodeJS.ProcessEnv; cwd?: string } = {}): Promise<RunResult> {
    return new Promise((resolve) => {
      const args = ['netns', 'exec', this.probe.namespace, ...argv];
      const child = execFile(IP, args, { timeout: 60_000, maxBuffer: 1 << 26, ...options }, (fault, stdout, stderr) => {
        const code = fault === null ? 0 : Number.isInteger(fault.code) ? Number(fault.code) : -1;
        resolve({ code, stdout, stderr });
      });
      this.#own(child);
    });
  }

  /** Kills what runs in the namespaces, or is on its way into them, and removes them. */
  async stop(): Promise<void> {
    const running = [...this.#running];
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
    await this.#keeper.stop();
  }

  #own(child: ChildProcess): ChildProcess {
    // A program that cannot start has no pid, and no end to wait for.
    if (child.pid === undefined) return child;
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  #forgetNeighbours(): Promise<void> {
    return ipBatch(['neigh flush all'], this.probe.namespace);
  }

  /** The kernel tells operstate up to a second late; tests must not race it. */
  async #untilState(wanted: 'up' | 'down'): Promise<void> {
    const deadline = performance.now() + 5000;
    for (;;) {
      const [link] = await ipJson(this.probe.namespace, ['link', 'show', 'dev', this.probe.iface]);
      if ((link?.['operstate'] === 'UP') === (wanted === 'up')) return;
      if (performance.now() > deadline) throw new Error(`${this.probe.iface} is ${String(link?.['operstate'])} and does not go ${wanted}`);
      await pause(10);
    }
  }
}
