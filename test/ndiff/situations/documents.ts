import type { Pair } from '../pairs.ts';

/** By the name of the situation. */
export type Situations = Readonly<Record<string, Pair>>;

const HEADER = 'scanner="nmap" args="nmap -sV 10.0.0.0/24" start="1000000000" version="7.93"';

/** A whole document with this inside. */
export const run = (inner = '', header = HEADER): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<nmaprun ${header}>${inner}</nmaprun>\n`;

export const UP = '<status state="up"/>';
export const V4 = '<address addr="10.0.0.1" addrtype="ipv4"/>';

/** A host that is up, at 10.0.0.1 unless an address is given. */
export const host = (inner = '', address = '10.0.0.1'): string => `<host>${UP}<address addr="${address}" addrtype="ipv4"/>${inner}</host>`;

export const names = (...all: readonly string[]): string =>
  `<hostnames>${all.map((name) => `<hostname name="${name}"/>`).join('')}</hostnames>`;

export const ports = (...inner: readonly string[]): string => `<ports>${inner.join('')}</ports>`;

/** A TCP port with what is inside; it is open unless told otherwise. */
export const port = (number: number | string, inner = '', state = '<state state="open"/>'): string =>
  `<port protocol="tcp" portid="${number}">${state}${inner}</port>`;

export const extra = (state: string, count: number | string): string => `<extraports state="${state}" count="${count}"/>`;

/** An output as XML: line ends as references, which alone survive in an attribute. */
export const script = (id: string, output: string): string => `<script id="${id}" output="${inAttribute(output)}"/>`;

export const hostscript = (...scripts: readonly string[]): string => `<hostscript>${scripts.join('')}</hostscript>`;

export const os = (...all: readonly string[]): string => `<os>${all.map((name) => `<osmatch name="${inAttribute(name)}"/>`).join('')}</os>`;

export const inAttribute = (text: string): string => text.replace(/[&<>"\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One host of each side, with this inside. */
export const hosts = (a: string, b: string): Pair => ({ a: run(host(a)), b: run(host(b)) });

/** Nothing on the other side differs but this. */
export const itself = (document: string | Uint8Array): Pair => ({ a: document, b: document });

/** Against a document that is in order. */
export const beside = (document: string | Uint8Array): Pair => ({ a: run(host()), b: document });
