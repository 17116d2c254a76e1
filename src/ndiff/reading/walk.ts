import type { Attributes } from '../../nmap-xml/index.ts';
import type { NdiffAddress, NdiffScript } from '../scan.ts';
import type { Fingerprint } from './fingerprint.ts';
import { byIdThenOutput, HostDraft, NO_SERVICE, type PortDraft } from './host-draft.ts';
import { pythonInt } from './python-int.ts';

/** What is not inside the hosts, as it is met. */
export interface ScanDraft {
  scanner: string | null;
  version: string | null;
  args: string | null;
  /** Epoch seconds. */
  start: number | null;
  end: number | null;
  readonly preScripts: NdiffScript[];
  readonly postScripts: NdiffScript[];
}

export interface WalkOptions {
  /** Stops reading: Ndiff dies here. */
  refuse(message: string): never;
  /** Says what Ndiff complains of, and goes on. */
  warn(text: string): void;
  /** How a host is called in complaints. */
  nameOf(host: Pick<HostDraft, 'addresses' | 'hostnames'>): string;
  openHost(): void;
  closeHost(host: HostDraft): void;
  /** Takes note of what a host holds; with it only what identifies a host is read, without it all of it. */
  readonly fingerprint: Fingerprint | null;
}

/** Where the elements that Ndiff knows must stand; anywhere else it dies of them. */
const PARENTS: ReadonlyMap<string, string | null> = new Map(
  Object.entries({
    nmaprun: null,
    host: 'nmaprun',
    hosthint: 'nmaprun',
    status: 'host',
    address: 'host',
    hostname: 'hostnames',
    extraports: 'ports',
    port: 'ports',
    state: 'port',
    service: 'port',
    osmatch: 'os',
    finished: 'runstats',
  }),
);

const ADDRESS_TYPES: readonly string[] = ['ipv4', 'ipv6', 'mac'] satisfies NdiffAddress['type'][];

/** Walks through a scan as Ndiff does: takes what it takes, complains of what it complains of, dies where it dies. */
export class Walk {
  readonly scan: ScanDraft = { scanner: null, version: null, args: null, start: null, end: null, preScripts: [], postScripts: [] };
  readonly #options: WalkOptions;
  readonly #open: string[] = [];
  #host: HostDraft | null = null;
  readonly #spare = new HostDraft();
  #port: PortDraft | null = null;
  #skipping = false;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** How many elements are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** Whether a port that comes now belongs to a host, and is inside no other port. */
  get expectsPort(): boolean {
    return this.#host !== null && this.#port === null && !this.#skipping && this.#open.at(-1) === 'ports';
  }

  /** Whether Ndiff takes such an element, if it starts now, for something else than a port or what is told of one. */
  takesApart(name: string): boolean {
    return name !== 'port' && this.#open.at(-1) !== 'port' && (name === 'script' || PARENTS.has(name));
  }

  start(name: string, a: Attributes): void {
    if (!this.#skipping) this.#take(name, a);
    this.#open.push(name);
  }

  end(name: string): void {
    this.#open.pop();
    if (name === 'port') this.#closePort();
    else if (name === 'host') this.#closeHost();
    else if (name === 'hosthint') this.#skipping = false;
  }

  #take(name: string, a: Attributes): void {
    if (name === 'script') return this.#script(a);
    const parent = PARENTS.get(name);
    if (parent === undefined) return;
    if (parent !== (this.#open.at(-1) ?? null)) this.#refuse(`<${name}> is not inside ${parent === null ? 'nothing' : `<${parent}>`}`);
    this.#takeAt(name, a);
  }

  #takeAt(name: string, a: Attributes): void {
    switch (name) {
      case 'nmaprun':
        return this.#header(a);
      case 'host':
        return this.#openHost();
      case 'hosthint':
        this.#skipping = true;
        return;
      case 'finished':
        return this.#finished(a);
      default:
        return this.#takeInHost(name, a, this.#host ?? this.#refuse(`<${name}> is not inside a host`));
    }
  }

  #takeInHost(name: string, a: Attributes, host: HostDraft): void {
    this.#options.fingerprint?.add(name, a);
    switch (name) {
      case 'port':
        return this.#openPort(a, host);
      case 'state':
        return this.#state(a, host);
      case 'service':
        return this.#service(a);
      case 'status':
        return this.#status(a, host);
      case 'address':
        return this.#address(a, host);
      case 'hostname':
        return this.#hostname(a, host);
      case 'extraports':
        return this.#extraports(a, host);
      default:
        return this.#osmatch(a, host);
    }
  }

  #refuse(message: string): never {
    return this.#options.refuse(message);
  }

  #warn(text: string): void {
    this.#options.warn(text);
  }

  #named(host: HostDraft): string {
    return this.#options.nameOf(host);
  }

  #header(a: Attributes): void {
    this.scan.start = this.#time(a, 'start');
    this.scan.scanner = a.get('scanner');
    this.scan.args = a.get('args');
    this.scan.version = a.get('version');
  }

  #finished(a: Attributes): void {
    this.scan.end = this.#time(a, 'time') ?? this.scan.end;
  }

  #time(a: Attributes, name: string): number | null {
    const text = a.get(name);
    if (text === null) return null;
    const time = pythonInt(text);
    return typeof time === 'number' ? time : this.#refuse(`${name}=${JSON.stringify(text.slice(0, 40))} is not a time`);
  }

  #openHost(): void {
    if (this.#options.fingerprint) this.#spare.clear();
    this.#host = this.#options.fingerprint ? this.#spare : new HostDraft();
    this.#options.fingerprint?.clear();
    this.#options.openHost();
  }

  #closeHost(): void {
    const host = this.#host ?? this.#refuse('</host> ends no host');
    this.#host = null;
    this.#options.closeHost(host);
  }

  #status(a: Attributes, host: HostDraft): void {
    const state = a.get('state');
    if (state === null) this.#warn(`status element of host ${this.#named(host)} is missing the "state" attribute; assuming \\unknown\\.`);
    else host.state = state;
  }

  #address(a: Attributes, host: HostDraft): void {
    const text = a.get('addr');
    if (text === null) return this.#missing('address', 'addr', host);
    const type = a.get('addrtype') ?? 'ipv4';
    if (!isAddressType(type)) this.#refuse(`addrtype=${JSON.stringify(type)} is not known`);
    host.addAddress({ type, text });
  }

  #hostname(a: Attributes, host: HostDraft): void {
    const name = a.get('name');
    if (name === null) this.#missing('hostname', 'name', host);
    else host.addHostname(name);
  }

  #missing(element: string, attribute: string, host: HostDraft): void {
    this.#warn(`${element} element of host ${this.#named(host)} is missing the "${attribute}" attribute; skipping.`);
  }

  #extraports(a: Attributes, host: HostDraft): void {
    const state = a.get('state');
    if (state === null) this.#warn(`extraports element of host ${this.#named(host)} is missing the "state" attribute; assuming "unknown".`);
    if (host.extraports.has(state)) this.#warn(`Duplicate extraports state "${state ?? 'None'}" in host ${this.#named(host)}.`);
    host.extraports.set(state, this.#count(a.get('count'), host));
  }

  #count(text: string | null, host: HostDraft): number | bigint {
    if (text === null) this.#warn(`extraports element of host ${this.#named(host)} is missing the "count" attribute; assuming 0.`);
    const count = text === null ? 0 : pythonInt(text);
    if (count === undefined) this.#warn(`Can't convert extraports count "${text}" to an integer in host ${this.#named(host)}; assuming 0.`);
    return count ?? 0;
  }

  #osmatch(a: Attributes, host: HostDraft): void {
    if (this.#options.fingerprint && a.indexOf('name') >= 0) return;
    const name = a.get('name');
    if (name === null) this.#missing('osmatch', 'name', host);
    else host.os.push(name);
  }

  #openPort(a: Attributes, host: HostDraft): void {
    const portid = a.get('portid');
    if (portid === null) return this.#warn(`port element of host ${this.#named(host)} missing the "portid" attribute; skipping.`);
    const number = pythonInt(portid);
    if (number === undefined)
      return this.#warn(`Can't convert portid "${portid}" to an integer in host ${this.#named(host)}; skipping port.`);
    const protocol = a.get('protocol');
    if (protocol === null) return this.#warn(`port element of host ${this.#named(host)} missing the "protocol" attribute; skipping.`);
    this.#port = { number, protocol, state: null, service: NO_SERVICE, scripts: [] };
  }

  #closePort(): void {
    const port = this.#port ?? this.#refuse('</port> ends no port that could be read');
    port.scripts.sort(byIdThenOutput);
    this.#port = null;
  }

  /** A port joins its host only with its state. */
  #state(a: Attributes, host: HostDraft): void {
    const port = this.#port;
    if (port === null) return;
    const index = a.indexOf('state');
    if (index < 0)
      return this.#warn(`state element of port ${port.number}/${port.protocol} is missing the "state" attribute; assuming "unknown".`);
    if (this.#options.fingerprint) return;
    port.state = a.value(index);
    host.ports.set(`${port.number}/${port.protocol}`, port);
  }

  #service(a: Attributes): void {
    if (this.#port === null || this.#options.fingerprint) return;
    this.#port.service = {
      name: a.get('name'),
      product: a.get('product'),
      version: a.get('version'),
      extrainfo: a.get('extrainfo'),
      tunnel: a.get('tunnel'),
    };
  }

  #script(a: Attributes): void {
    for (const name of ['id', 'output'])
      if (a.indexOf(name) < 0) return this.#warn(`script element missing the "${name}" attribute; skipping.`);
    const parent = this.#open.at(-1);
    if (parent === 'port' || parent === 'hostscript') this.#scriptOfHost(parent, a);
    else if (parent === 'prescript') this.scan.preScripts.push(scriptOf(a));
    else if (parent === 'postscript') this.scan.postScripts.push(scriptOf(a));
    else this.#warn('script element not inside prescript, postscript, hostscript, or port element; ignoring.');
  }

  #scriptOfHost(parent: 'port' | 'hostscript', a: Attributes): void {
    const of = parent === 'port' ? this.#port : this.#host;
    if (of === null) this.#refuse(`<script> is inside no ${parent === 'port' ? 'port that could be read' : 'host'}`);
    this.#options.fingerprint?.add(parent === 'port' ? 'script' : 'hostscript', a);
    if (!this.#options.fingerprint) of.scripts.push(scriptOf(a));
  }
}

const scriptOf = (a: Attributes): NdiffScript => ({ id: a.get('id') ?? '', output: a.get('output') ?? '' });

const isAddressType = (type: string): type is NdiffAddress['type'] => ADDRESS_TYPES.includes(type);
