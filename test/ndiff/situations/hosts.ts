import { host, hosts, hostscript, itself, names, os, port, ports, run, type Situations, script, UP, V4 } from './documents.ts';

const at = (...addresses: readonly string[]): string => addresses.map((address) => host('', address)).join('');
const addressed = (...addresses: readonly (readonly [type: string, text: string])[]): string =>
  run(`<host>${UP}${addresses.map(([type, text]) => `<address addr="${text}" addrtype="${type}"/>`).join('')}</host>`);
const named = (...all: readonly string[]): string => run(`<host>${UP}${names(...all)}</host>`);
const full = (state: string): string =>
  `<host>${state}${V4}<address addr="00:11:22:33:44:55" addrtype="mac"/>${names('zeta', 'alpha')}${ports(port(80), port(22))}${os('b', 'a')}${hostscript(script('s', 'x\ny'))}</host>`;

export const IDENTITY: Situations = {
  'a host is gone': { a: run(at('10.0.0.1', '10.0.0.2')), b: run(at('10.0.0.1')) },
  'a host is new': { a: run(at('10.0.0.1')), b: run(at('10.0.0.1', '10.0.0.2')) },
  'addresses are sorted as text': { a: run(), b: run(at('10.0.0.9', '10.0.0.10', '9.0.0.1', '10.0.0.100')) },
  'hosts in another order': { a: run(at('10.0.0.1', '10.0.0.2', '10.0.0.3')), b: run(at('10.0.0.3', '10.0.0.1', '10.0.0.2')) },
  'hosts with the same id pair in order': {
    a: run(host(names('x')) + host(names('x', 'y')) + host(names('x', 'z'))),
    b: run(host(names('x', 'y')) + host(names('x'))),
  },
  'an IPv4 address comes before IPv6 and MAC': {
    a: addressed(['mac', '00:11'], ['ipv6', '::1'], ['ipv4', '9.9.9.9']),
    b: addressed(['ipv4', '9.9.9.9'], ['ipv6', '::2'], ['mac', '00:11']),
  },
  'an address of another type': { a: addressed(['ipv4', 'x']), b: addressed(['ipv6', 'x']) },
  'an address without a type is IPv4': { a: run(`<host>${UP}<address addr="1"/></host>`), b: addressed(['ipv4', '1']) },
  'the same address twice': { a: addressed(['ipv4', '1'], ['ipv4', '1']), b: addressed(['ipv4', '1']) },
  'addresses in another order': { a: addressed(['ipv4', '1'], ['ipv4', '2']), b: addressed(['ipv4', '2'], ['ipv4', '1']) },
  'IPv6 is compared as text': { a: addressed(['ipv6', '2001:db8::1']), b: addressed(['ipv6', '2001:DB8::1']) },
  'a MAC changes': { a: addressed(['ipv4', '1'], ['mac', 'AA']), b: addressed(['ipv4', '1'], ['mac', 'BB']) },
  'a MAC is learned': { a: addressed(['ipv4', '1']), b: addressed(['ipv4', '1'], ['mac', 'BB']) },
  'only a MAC': { a: addressed(['mac', 'AA']), b: addressed(['mac', 'BB']) },
  'an address longer than forty characters': { a: addressed(['ipv4', 'x'.repeat(41)]), b: addressed(['ipv4', `${'x'.repeat(41)} `]) },
  'an address padded with spaces is another': { a: addressed(['ipv4', '1']), b: addressed(['ipv4', '1 ']) },
  'an empty address': { a: addressed(['ipv4', '']), b: addressed(['ipv4', ''], ['ipv4', '1']) },
  'a name that fills up an address': { a: run(host(names('x'), 'y')), b: run(`<host>${UP}<address addr="y${' '.repeat(39)}x"/></host>`) },
  'the first name changes': hosts(names('alpha'), names('beta')),
  'a second name changes': hosts(names('alpha', 'beta'), names('alpha', 'gamma')),
  'a name that sorts before is learned': hosts(names('beta'), names('beta', 'alpha')),
  'the first name is learned': hosts('', names('alpha')),
  'the only name is lost': hosts(names('alpha'), ''),
  'names in another order': hosts(names('a', 'b'), names('b', 'a')),
  'the same name twice': hosts(names('a', 'a'), names('a')),
  'names differ in case only': hosts(names('Alpha'), names('alpha')),
  'an empty name': hosts(names(''), names('', 'x')),
  'only a name': { a: named('alpha', 'beta'), b: named('alpha', 'gamma') },
  'a host with a name alone sorts first': { a: run(), b: run(`${host()}<host>${UP}${names('zzz')}</host>`) },
  'names sort by character, not by half of one': hosts(names('\uffee', '😀'), names('😀', '\uffee', '\u{10000}')),
  'hosts sort by character, not by half of one': {
    a: run(),
    b: run(['😀', '\uffee', 'a', 'é', 'B'].map((name) => host(names(name))).join('')),
  },
  'a wide name and one that combines': hosts(names('日本', 'e\u0301'), names('日本', 'é')),
  'a host with neither, beside others': itself(run(`<host>${UP}</host>${host()}`)),
  'a host with neither, against one that has': { a: run(`<host>${UP}</host>`), b: run(host()) },
  'a host with neither, against nobody': { a: run(`<host>${UP}${ports(port(22))}</host>`), b: run() },
  'a host element without anything': { a: run('<host/>'), b: run() },
};

/** Ndiff orders them by where they happen to lie in memory: which of them comes first is chance. */
export const NAMELESS: Situations = {
  'a host with neither, alone on both sides': itself(run(`<host>${UP}${ports(port(22))}</host>`)),
  'several hosts with neither': itself(run(`<host>${UP}</host><host>${UP}</host>`)),
  'nobody but hosts with neither, which differ': { a: run(`<host>${UP}${os('a')}</host>`), b: run(`<host>${UP}${os('b')}</host>`) },
};

export const STATES: Situations = {
  'a host goes down': { a: run(full(UP)), b: run(full('<status state="down"/>')) },
  'a host has no status': { a: run(full('')), b: run(full(UP)) },
  'a host loses its status': { a: run(full(UP)), b: run(full('<status/>')) },
  'neither has a status, and they differ': {
    a: run(`<host>${V4}${ports(port(22))}</host>`),
    b: run(`<host>${V4}${ports(port(23))}</host>`),
  },
  'neither has a status, and they are equal': itself(run(full(''))),
  'a host without a status is gone': { a: run(full('')), b: run() },
  'a host without a status is new': { a: run(), b: run(full('')) },
  'the last status wins': { a: run(full(`<status state="down"/>${UP}`)), b: run(full(UP)) },
  'a status without a state takes nothing back': { a: run(full(`${UP}<status/>`)), b: run(full(UP)) },
  'an empty state': { a: run(full('<status state=""/>')), b: run(full(UP)) },
  'a state with signs in it': { a: run(full('<status state="&lt;up&gt;&#10;"/>')), b: run(full(UP)) },
  'a whole host is gone': { a: run(full(UP)), b: run() },
  'a whole host is new': { a: run(), b: run(full(UP)) },
  'identity and state change at once': {
    a: run(`<host>${UP}${V4}<address addr="AA" addrtype="mac"/></host>`),
    b: run(`<host><status state="down"/>${V4}<address addr="BB" addrtype="mac"/></host>`),
  },
  'a down host is equal': itself(run(`<host><status state="down"/>${V4}</host>`)),
  'a host that timed out': { a: run(full(UP)), b: run(full(UP).replace('<host>', '<host timedout="true">')) },
};

export const SYSTEMS: Situations = {
  'a system is new': hosts('', os('Linux')),
  'a system is gone': hosts(os('Linux'), ''),
  'systems in another order': hosts(os('a', 'b', 'c'), os('c', 'a', 'b')),
  'a system is put between': hosts(os('a', 'b'), os('a', 'x', 'b')),
  'a system is replaced by two': hosts(os('a', 'b', 'c'), os('a', 'x', 'y', 'c')),
  'a system stands twice': hosts(os('a', 'a', 'b'), os('a', 'b', 'b')),
  'equal systems': itself(run(host(os('a', 'b')))),
  'the longest run is not the longest sequence': hosts(os('a', 'b', 'x', 'y', 'z', 'c', 'd'), os('x', 'y', 'z', 'a', 'b', 'c', 'd')),
  'a system with signs in it': hosts(os('<a> "b" & \'c\'', 'é\u2028\n'), os('d')),
  'an empty system': hosts(os(''), os('', '')),
  'two os elements': hosts(os('a') + os('b'), os('a', 'b')),
  'what else is said of a system does not count': {
    a: run(host('<os><portused portid="1"/><osmatch name="a" accuracy="90"/></os>')),
    b: run(host('<os><osmatch name="a" accuracy="95"><osclass type="x"/></osmatch><osfingerprint fingerprint="y"/></os>')),
  },
  'what else is said of a host does not count': {
    a: run(host('<uptime seconds="1"/><distance value="1"/><times srtt="1"/><trace><hop ttl="1"/></trace>')),
    b: run(host('<uptime seconds="2"/><tcpsequence index="3"/><smurf responses="1"/>')),
  },
};
