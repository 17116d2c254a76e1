import { extra, host, hosts, itself, port, ports, run, type Situations, script } from './documents.ts';

const service = (attributes: string): string => `<service ${attributes}/>`;
const is = (state: string): string => `<state state="${state}"/>`;
const of = (...inner: readonly string[]): string => ports(...inner);
const serving = (attributes: string): string => of(port(80, service(attributes)));

export const PORTS: Situations = {
  'a port opens': hosts('', of(port(22))),
  'a port is gone': hosts(of(port(22)), ''),
  'a port changes its state': hosts(of(port(22)), of(port(22, '', is('filtered')))),
  'a port falls among those not shown': hosts(of(port(22)), of(extra('closed', 10), port(22, '', is('closed')))),
  'a port rises from those not shown': hosts(of(extra('closed', 10), port(22, '', is('closed'))), of(extra('closed', 10), port(22))),
  'a port moves from one kind not shown to another': hosts(
    of(extra('closed', 9), port(22, '', is('closed'))),
    of(extra('filtered', 9), port(22, '', is('filtered'))),
  ),
  'a port that is not shown is gone': hosts(of(extra('closed', 9), port(22, '', is('closed'))), of(extra('closed', 9))),
  'open ports are not shown': hosts(of(extra('open', 9), port(22)), of(extra('open', 9), port(23))),
  'ports not shown are left out even verbosely': itself(run(host(of(extra('closed', 9), port(22, '', is('closed')), port(23))))),
  'the number sorts before the protocol': hosts(
    '',
    of(
      ...['udp', 'tcp', 'sctp', 'ip', 'TCP', ''].flatMap((protocol) => [100, 9, 53].map((n) => port(n).replace('"tcp"', `"${protocol}"`))),
    ),
  ),
  'a port without a state never joins its host': hosts(of(port(22, '', '')), of(port(22))),
  'a port that is given twice': hosts(of(port(22, service('name="a"')), port(22, service('name="b"'))), of(port(22, service('name="b"')))),
  'a port that is given twice, once without a state': hosts(
    of(port(22, service('name="a"')), port(22, service('name="b"'), '')),
    of(port(22)),
  ),
  'a port with two states': hosts(of(port(22, '', is('closed') + is('open'))), of(port(22))),
  'a port with two services': hosts(serving('name="a"'), of(port(80, service('name="b" product="p"') + service('name="a"')))),
  'a port whose state stands last': hosts(
    of(`<port protocol="tcp" portid="1">${service('name="a"')}${script('s', 'x')}${is('open')}</port>`),
    '',
  ),
  'a port with an empty state': hosts(of(port(22, '', is(''))), of(port(22))),
  'a port whose state is unknown by name': hosts(of(port(22, '', is('unknown'))), of(port(22, '', '<state/>'))),
  'a port without a name of its protocol': hosts(of('<port portid="1" protocol=""><state state="open"/></port>'), ''),
  'numbers of every form that int() takes': hosts(
    of(port(' 22 '), port('+23'), port('1_000'), port('007')),
    of(port(22), port('0_0_7'), port('1000')),
  ),
  'numbers in digits of other scripts': hosts(of(port('٢٢'), port('２３')), of(port(22), port('23'))),
  'numbers that are no ports': hosts(of(port(-1), port(0), port(70_000)), of(port(10 ** 15))),
  'numbers beyond any machine word': hosts(of(port('9'.repeat(30)), port(`-${'9'.repeat(30)}`), port(5)), of(port(`${'9'.repeat(29)}8`))),
  'numbers that differ beyond the precision of a double': hosts(of(port('9007199254740993')), of(port('9007199254740992'))),
  'numbers with white space that only Python strips': hosts(of(port('\x85\u202f22\u2028')), of(port(22))),
  'a number behind a byte order mark': hosts(of(port('\ufeff22')), of(port(22))),
  'a wide table': hosts(
    of(port(1, service('name="a-very-long-name-of-a-service"')), port(22_222)),
    of(port(1, service('name="x"')), port(22_222, '', is('open|filtered'))),
  ),
};

export const NOT_SHOWN: Situations = {
  'the count changes': hosts(of(extra('closed', 998)), of(extra('closed', 997))),
  'the state changes': hosts(of(extra('closed', 998)), of(extra('filtered', 998))),
  'they are equal': itself(run(host(of(extra('closed', 998), extra('filtered', 2))))),
  'they stand in another order': hosts(of(extra('closed', 5), extra('filtered', 5)), of(extra('filtered', 5), extra('closed', 5))),
  'they are new': hosts('', of(extra('closed', 5))),
  'they are gone': hosts(of(extra('closed', 5)), ''),
  'they are sorted by count, then state, downwards': hosts(
    '',
    of(extra('a', 5), extra('b', 5), extra('c', 10), extra('d', 9), extra('\uffee', 5), extra('😀', 5)),
  ),
  'a state stands twice: first place, last count': hosts(of(extra('a', 1), extra('b', 2), extra('a', 3)), of(extra('a', 3), extra('b', 2))),
  'a count without a number': hosts(of(extra('a', 'x')), of(extra('a', 0))),
  'counts of every form that int() takes': hosts(of(extra('a', ' +1_0 '), extra('b', '-5'), extra('c', '007')), of(extra('a', 10))),
  'a count beyond any machine word': hosts(of(extra('a', '1'.repeat(40))), of(extra('a', `${'1'.repeat(39)}2`))),
  'a count of zero': hosts(of(extra('a', 0)), of(extra('a', '-0'))),
  'no state, as the state of a port': hosts(of('<extraports count="4"/>', port(1, '', is('None'))), of(port(1, '', is('None')))),
  'an empty state': hosts(of(extra('', 4), port(1, '', is(''))), of(extra('', 4))),
  'a state with signs in it': hosts(of(extra('a&lt;b&#10;c', 4)), ''),
  'reasons and lists of ports do not count': {
    a: run(host('<ports><extraports state="closed" count="5"><extrareasons reason="resets" count="5" ports="1-5"/></extraports></ports>')),
    b: run(host('<ports><extraports state="closed" count="5"><extrareasons reason="no-response" count="5"/></extraports></ports>')),
  },
};

export const SERVICES: Situations = {
  'a service is recognized': hosts(of(port(80)), serving('name="http" product="nginx" version="1.2" extrainfo="Ubuntu"')),
  'a product changes': hosts(serving('name="http" product="a"'), serving('name="http" product="b"')),
  'a version changes': hosts(serving('product="a" version="1"'), serving('product="a" version="2"')),
  'extra information is lost': hosts(serving('name="http" extrainfo="x"'), serving('name="http"')),
  'only a tunnel comes: no difference': hosts(serving('name="http"'), serving('name="http" tunnel="ssl"')),
  'a tunnel comes with a version': hosts(serving('name="http"'), serving('name="http" tunnel="ssl" version="1"')),
  'a tunnel without a name': hosts(serving('tunnel="ssl" version="1"'), serving('tunnel="ssl" version="2"')),
  'an empty tunnel': hosts(serving('name="a" tunnel="" version="1"'), serving('name="b" tunnel="ssl" version="1"')),
  'an empty name is not no name': hosts(serving('name=""'), serving('product="x"')),
  'an empty attribute against none': hosts(serving('name="a" product=""'), serving('name="a"')),
  'other fields that read the same': hosts(serving('name="a" product="x y"'), serving('name="a" product="x" version="y"')),
  'other fields that read the same, in brackets': hosts(serving('name="a" product="x (y)"'), serving('name="a" product="x" extrainfo="y"')),
  'other fields that read the same, with a script': hosts(
    of(port(80, service('name="a" product="x y"') + script('s', '1'))),
    of(port(80, service('name="a" product="x" version="y"') + script('s', '2'))),
  ),
  'the same name by tunnel and by itself': hosts(serving('name="ssl/http"'), serving('name="http" tunnel="ssl"')),
  'what else is said of a service does not count': hosts(
    serving('name="a" method="table" conf="3" hostname="h" ostype="o" devicetype="d" servicefp="f" proto="rpc"'),
    of(port(80, '<service name="a" method="probed" conf="10"><cpe>cpe:/a:b</cpe></service><owner name="root"/>')),
  ),
  'the reason of a state does not count': hosts(
    of(port(80, '', '<state state="open" reason="a"/>')),
    of(port(80, '', '<state state="open" reason="b"/>')),
  ),
  'a service at the end of a row with nothing behind': hosts(
    of(port(80, service('product=""')), port(81)),
    of(port(80, service('version=""'))),
  ),
  'white space at the end of a row': hosts(
    serving('name="a" product="x "'),
    of(
      port(80, service('name="b" product="x\x85"')),
      port(81, service('name="c" product="x&#9;&#10;"')),
      port(82, service('version="\ufeff"')),
    ),
  ),
  'white space that only Python strips from a row': hosts(
    of(port(1, service('product="x\u2028\u3000"'))),
    of(port(1, service('product="x\u180e\u200b"'))),
  ),
  'wide and combining characters count as one cell each': hosts(
    of(
      port(1, service('name="日本" product="x"')),
      port(2, service('name="😀" product="x"')),
      port(3, service('name="e\u0301" product="x"')),
    ),
    of(port(1, service('name="a" product="y"'))),
  ),
  'a line end in a cell': hosts(serving('name="a&#10;b" product="c&#13;d"'), serving('name="a" product="c"')),
  'markup in every field': hosts(
    serving('name="&lt;a&gt;" product="&amp;amp;" version="&quot;" extrainfo="&apos;" tunnel="&#60;"'),
    serving('name="x"'),
  ),
};
