import { readdirSync, readFileSync } from 'node:fs';
import { Tokenizer } from '../../../src/nmap-xml/index.ts';

/** A small scan as it is before anything happens to it. */
export interface Original {
  readonly name: string;
  readonly bytes: Buffer;
}

const FOLDER = new URL('../../nmap-xml/fixtures/', import.meta.url);

const document = (inside: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap" args="nmap -sV -O 10.0.0.0/24" start="1772445600" version="7.93">\n${inside}</nmaprun>\n`;

const host = (address: string, inside: string): string =>
  `<host><status state="up"/><address addr="${address}" addrtype="${address.includes(':') ? 'ipv6' : 'ipv4'}"/>${inside}</host>\n`;

/** As nmap writes ports: what is known of a line may be used again. */
const LINES = [
  '<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" product="OpenSSH"/></port>\n',
  '<port protocol="tcp" portid="80"><state state="open" reason="syn-ack" reason_ttl="64"/><script id="http-title" output="one&#xa;two"/></port>\n',
  '<port protocol="tcp" portid="443"><state state="closed" reason="reset" reason_ttl="64"/></port>\n',
].join('');

/** What Ndiff looks at and nmap's own samples have little of. */
const MADE: Readonly<Record<string, string>> = {
  'scripts everywhere': document(
    '<prescript><script id="z" output="first&#xa;second"/><script id="a" output="x"/></prescript>' +
      host(
        '10.0.0.1',
        '<ports><port protocol="tcp" portid="80"><state state="open"/><service name="http" product="nginx" tunnel="ssl"/><script id="http-title" output="one&#xa;two&#xa;three"/><script id="a" output=""/></port></ports><hostscript><script id="smb" output="&#xa;  here&#xa;  there"/></hostscript>',
      ) +
      '<postscript><script id="z" output="last"/></postscript><runstats><finished time="1772445700"/></runstats>',
  ),
  'names, addresses and doubles': document(
    host(
      '10.0.0.2',
      '<address addr="00:11:22:33:44:55" addrtype="mac"/><hostnames><hostname name="b.example"/><hostname name="a.example"/></hostnames>',
    ) +
      host('10.0.0.10', '') +
      host('10.0.0.10', '<os><osmatch name="Linux 5"/></os>') +
      host('fe80::1', '<hostnames><hostname name="six.example"/></hostnames>') +
      '<host><status state="down"/><hostnames><hostname name="only.a.name"/></hostnames></host>\n',
  ),
  'ports of every kind': document(
    host(
      '10.0.0.3',
      '<ports><extraports state="filtered" count="900"/><extraports state="closed" count="90"/>' +
        '<port protocol="udp" portid="53"><state state="open|filtered"/><service name="domain"/></port>' +
        '<port protocol="tcp" portid="53"><state state="open"/><service name="domain" product="ISC BIND" version="9.18" extrainfo="Debian"/></port>' +
        '<port protocol="sctp" portid="9"><state state="closed"/></port><port protocol="ip" portid="1"><state state="filtered"/></port></ports>' +
        '<os><osmatch name="Linux 4"/><osmatch name="Linux 5"/><osmatch name="FreeBSD"/></os>',
    ),
  ),
  'the same lines in many hosts': document(
    ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((address) => host(address, `<ports>${LINES}</ports>`)).join(''),
  ),
  'nothing at all': document(''),
  'another root': '<foo/>',
};

/** nmap's own documents and made ones, 4 KB at most each. */
export const originals: readonly Original[] = [
  ...readdirSync(FOLDER).map((file) => ({ name: file, bytes: readFileSync(new URL(file, FOLDER)) })),
  ...Object.entries(MADE).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
].filter(({ bytes }) => bytes.length <= 4096);

/** Those that are well-formed as they are. */
export const sound: readonly Original[] = originals.filter(({ bytes }) => {
  const tokenizer = new Tokenizer({});
  tokenizer.write(bytes);
  return tokenizer.end() === null;
});
