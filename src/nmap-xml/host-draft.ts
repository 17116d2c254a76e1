import { parsePorts } from '../core/index.ts';
import type { Attributes } from './attributes.ts';
import { shown } from './fault.ts';
import type { HostLimits } from './limits.ts';
import { readNumber, readPort } from './numbers.ts';
import { ScriptElems } from './script-elems.ts';
import type { Warnings } from './warnings.ts';
import type {
  XmlAddress,
  XmlElem,
  XmlExtraPorts,
  XmlHost,
  XmlHostname,
  XmlOsMatch,
  XmlPort,
  XmlReason,
  XmlScript,
  XmlService,
} from './xml-host.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type PortDraft = Omit<Draft<XmlPort>, 'service'> & { service: Draft<XmlService> | null };

export interface DraftTools {
  readonly limits: HostLimits;
  readonly warnings: Warnings;
  /** Stops reading. */
  refuse(message: string): never;
}

/** A host while it is being read: thrown away when its end never comes. */
export class HostDraft {
  readonly #tools: DraftTools;
  readonly #startTime: number | null;
  readonly #endTime: number | null;
  readonly #timedOut: boolean;
  readonly #addresses: XmlAddress[] = [];
  readonly #hostnames: XmlHostname[] = [];
  readonly #extraports: (Omit<XmlExtraPorts, 'reasons'> & { readonly reasons: XmlReason[] })[] = [];
  readonly #ports: PortDraft[] = [];
  readonly #scripts: XmlScript[] = [];
  readonly #osMatches: XmlOsMatch[] = [];
  /** Of the script being read; null when none of its elements are kept. */
  elems: ScriptElems | null = null;
  #state: string | null = null;
  #reason: string | null = null;
  /** The port being read; null while none is, or when its number is unusable. */
  #port: PortDraft | null = null;
  #items = 0;
  #text = 0;
  #saidTooMuch = false;

  constructor(tools: DraftTools, a: Attributes) {
    this.#tools = tools;
    this.#startTime = readNumber(a.get('starttime'));
    this.#endTime = readNumber(a.get('endtime'));
    this.#timedOut = a.get('timedout') === 'true';
  }

  status(a: Attributes): void {
    this.#state = this.#read(a, 'state');
    this.#reason = this.#read(a, 'reason');
  }

  address(a: Attributes): void {
    const addr = this.#read(a, 'addr');
    if (addr === null) this.#tools.warnings.add('left out an address that is not given');
    else this.#add(this.#addresses, { addr, type: this.#read(a, 'addrtype'), vendor: this.#read(a, 'vendor') });
  }

  hostname(a: Attributes): void {
    const name = this.#read(a, 'name');
    if (name === null) this.#tools.warnings.add('left out a host name that is not given');
    else this.#add(this.#hostnames, { name, type: this.#read(a, 'type') });
  }

  extraports(a: Attributes): void {
    this.#add(this.#extraports, { state: this.#read(a, 'state'), count: readNumber(a.get('count')) ?? 0, reasons: [] });
  }

  extrareasons(a: Attributes): void {
    const list = a.get('ports');
    const ports = list === null ? null : (parsePorts(list) ?? null);
    if (list !== null && ports === null) this.#tools.warnings.add(`left out a list of ports that is none: ${shown(list)}`);
    const reason = { reason: this.#read(a, 'reason'), count: readNumber(a.get('count')) ?? 0, protocol: this.#read(a, 'proto'), ports };
    const into = this.#extraports.at(-1);
    if (into) this.#add(into.reasons, reason);
  }

  port(a: Attributes): void {
    const portid = readPort(a.get('portid'));
    const protocol = this.#read(a, 'protocol');
    this.#port = portid === null || protocol === null ? null : { protocol, portid, state: null, reason: null, service: null, scripts: [] };
    if (this.#port) this.#add(this.#ports, this.#port);
    else this.#tools.warnings.add(`left out a port without a number and protocol: ${shown(a.get('portid') ?? '')}`);
  }

  portState(a: Attributes): void {
    if (!this.#port) return;
    this.#port.state = this.#read(a, 'state');
    this.#port.reason = this.#read(a, 'reason');
  }

  service(a: Attributes): void {
    if (!this.#port) return;
    this.#port.service = {
      name: this.#read(a, 'name'),
      product: this.#read(a, 'product'),
      version: this.#read(a, 'version'),
      extrainfo: this.#read(a, 'extrainfo'),
      hostname: this.#read(a, 'hostname'),
      ostype: this.#read(a, 'ostype'),
      devicetype: this.#read(a, 'devicetype'),
      tunnel: this.#read(a, 'tunnel'),
      method: this.#read(a, 'method'),
      conf: readNumber(a.get('conf')),
      servicefp: this.#bulk(a.get('servicefp')),
      cpe: [],
    };
  }

  cpe(text: string): void {
    if (this.#port?.service) this.#add(this.#port.service.cpe, this.#keep(text));
  }

  portScript(a: Attributes): void {
    this.elems = null;
    if (this.#port) this.#script(this.#port.scripts, a);
  }

  hostScript(a: Attributes): void {
    this.#script(this.#scripts, a);
  }

  osMatch(a: Attributes): void {
    const name = this.#read(a, 'name');
    if (name === null) this.#tools.warnings.add('left out an operating system without a name');
    else this.#add(this.#osMatches, { name, accuracy: readNumber(a.get('accuracy')) });
  }

  finish(scanProtocol: string | null): XmlHost {
    return {
      state: this.#state,
      reason: this.#reason,
      addresses: this.#addresses,
      hostnames: this.#hostnames,
      extraports: this.#extraports,
      ports: this.#ports,
      scripts: this.#scripts,
      osMatches: this.#osMatches,
      timedOut: this.#timedOut,
      startTime: this.#startTime,
      endTime: this.#endTime,
      scanProtocol,
    };
  }

  #script(into: XmlScript[], a: Attributes): void {
    const id = this.#read(a, 'id');
    const output = this.#bulk(a.get('output'));
    if (id === null || output === null) this.#tools.warnings.add(`left out a script without id or output: ${shown(id ?? '')}`);
    else if (this.#items < this.#tools.limits.hostItems / 2) this.#add(into, this.#withElems({ id, output }));
    else this.#tooMuch();
  }

  /** A script that writes none keeps its plain shape. */
  #withElems(script: Omit<XmlScript, 'elems'>): XmlScript {
    const draft: { readonly id: string; readonly output: string; elems?: XmlElem[] } = script;
    this.elems = ScriptElems.of(script.id, ({ path, text }) => {
      draft.elems ??= [];
      this.#add(draft.elems, { path, text: this.#bulk(text) ?? '' });
    });
    return draft;
  }

  #add<T>(list: T[], item: T): void {
    const { limits } = this.#tools;
    this.#items++;
    if (this.#items > limits.hostItems)
      this.#tools.refuse(`reading a host: it has more than ${limits.hostItems} ports, names and the like`);
    list.push(item);
  }

  #read(a: Attributes, name: string): string | null {
    const text = a.get(name);
    return text === null ? null : this.#keep(text);
  }

  #keep(text: string): string {
    const { limits } = this.#tools;
    this.#text += text.length;
    if (this.#text > limits.hostText) this.#tools.refuse(`reading a host: it has more than ${limits.hostText} characters of text`);
    return text;
  }

  /** Text that may be large: empty when there is too much of it. */
  #bulk(text: string | null): string | null {
    if (text === null) return null;
    if (this.#text + text.length <= this.#tools.limits.hostText / 2) return this.#keep(text);
    this.#tooMuch();
    return '';
  }

  #tooMuch(): void {
    const host = shown(this.#addresses[0]?.addr ?? '');
    if (!this.#saidTooMuch) this.#tools.warnings.add(`left out scripts, their output or fingerprints of ${host}: there is too much of it`);
    this.#saidTooMuch = true;
  }
}
