import type { Draw } from './draw.ts';
import { type Attributes, element, freeHand, type Hand, type Node, PLAIN_HAND, written } from './element.ts';
import type { MadeHost, MadePort, MadeScan } from './made-scan.ts';

/** The document of a scan, in a hand of its own: what Ndiff ignores is drawn anew each time. */
export function writeScan(scan: MadeScan, draw: Draw): string {
  const hand = draw.happens(0.5) ? freeHand(draw) : PLAIN_HAND;
  return prolog(draw) + written(root(scan, draw, hand), hand) + draw.pick(['', '\n', '\n<!-- end -->\n', '\r\n\r\n']);
}

function prolog(draw: Draw): string {
  const declared = draw.pick(['<?xml version="1.0" encoding="UTF-8"?>\n', "<?xml version='1.0'?>", '<?xml version="1.0" ?>\r\n', '']);
  const mark = draw.happens(0.03) ? '\ufeff' : '';
  const sheet = '<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>\n';
  return mark + declared + draw.pick(['', '<!DOCTYPE nmaprun>\n']) + draw.pick(['', sheet]) + draw.pick(['', '<!-- Nmap 7.93 scan -->\n']);
}

function root({ header, preScripts, hints, hosts, postScripts, finished }: MadeScan, draw: Draw, hand: Hand): Node {
  return element(
    'nmaprun',
    header,
    ...some(draw, 0.7, element('scaninfo', { type: 'syn', protocol: 'tcp', numservices: '1000', services: '1-1000' })),
    ...some(draw, 0.7, element('verbose', { level: '0' }), element('debugging', { level: '0' })),
    ...scriptsIn('prescript', preScripts, draw),
    ...hints.map((hint) => element('hosthint', {}, ...hintOf(hint))),
    ...hosts.flatMap((host) => [writeHost(host, draw), ...some(draw, 0.03, element('taskprogress', { percent: '3.14' }))]),
    ...scriptsIn('postscript', postScripts, draw),
    ...(finished.length === 0
      ? []
      : [element('runstats', {}, ...finished.map((a) => element('finished', a)), element('hosts', { up: '1' }))]),
    hand.between(),
  );
}

/** In nmap a hint holds status, addresses and names: whatever it holds is passed over. */
const hintOf = ({ status, addresses, names }: MadeHost): Node[] => [
  ...status.map((a) => element('status', a)),
  ...addresses.map((a) => element('address', a)),
  element('hostnames', {}, ...names.map((a) => element('hostname', a))),
];

const some = (draw: Draw, share: number, ...nodes: readonly Node[]): readonly Node[] => (draw.happens(share) ? nodes : []);

function writeHost(host: MadeHost, draw: Draw): Node {
  const { attributes, status, addresses, names, extraports, ports, os, scripts } = host;
  return element(
    'host',
    attributes,
    ...status.map((a) => element('status', a)),
    ...addresses.map((a) => element('address', a)),
    ...(names.length === 0
      ? some(draw, 0.5, element('hostnames'))
      : [element('hostnames', {}, ...names.map((a) => element('hostname', a)))]),
    ...(extraports.length + ports.length === 0 ? [] : [writePorts(extraports, ports, draw)]),
    ...(os.length === 0
      ? []
      : [element('os', {}, ...some(draw, 0.5, element('portused', { portid: '22' })), ...os.map((a) => match(a, draw)))]),
    ...some(
      draw,
      0.3,
      element('uptime', { seconds: String(draw.below(1e6)), lastboot: 'Mon Jan  1' }),
      element('distance', { value: '1' }),
    ),
    ...some(draw, 0.2, element('trace', {}, element('hop', { ttl: '1', ipaddr: '10.0.0.1', rtt: String(draw.next()), host: 'x' }))),
    ...some(draw, 0.5, element('times', { srtt: String(draw.below(9999)), rttvar: '5000', to: '100000' })),
    ...scriptsIn('hostscript', scripts, draw),
  );
}

function writePorts(extraports: readonly Attributes[], ports: readonly MadePort[], draw: Draw): Node {
  const reasons = element('extrareasons', { reason: 'resets', count: '3' });
  const rest = extraports.map((a) => element('extraports', a, ...some(draw, 0.5, reasons)));
  const listed = ports.map((port) => writePort(port, draw));
  // nmap begins with them; nothing says that one must.
  return element('ports', {}, ...(draw.happens(0.9) ? [...rest, ...listed] : draw.shuffled<Node>([...rest, ...listed])));
}

function writePort({ attributes, states, services, scripts }: MadePort, draw: Draw): Node {
  const cpe = element('cpe', {}, 'cpe:/a:x:y');
  const parts = [...states.map((a) => element('state', a)), ...services.map((a) => element('service', a, ...some(draw, 0.3, cpe)))];
  const all = [...parts, ...scripts.map((a) => scriptElement(a, draw))];
  return element('port', attributes, ...(draw.happens(0.9) ? all : draw.shuffled(all)));
}

const match = (a: Attributes, draw: Draw): Node =>
  element('osmatch', a, ...some(draw, 0.3, element('osclass', { vendor: 'Linux', accuracy: '96' }, element('cpe', {}, 'cpe:/o:linux'))));

const scriptsIn = (name: string, scripts: readonly Attributes[], draw: Draw): Node[] =>
  scripts.length === 0 ? [] : [element(name, {}, ...scripts.map((a) => scriptElement(a, draw)))];

const scriptElement = (a: Attributes, draw: Draw): Node =>
  element('script', a, ...some(draw, 0.3, element('table', { key: 'k' }, element('elem', { key: 'e' }, 'text &amp; ]]&gt;'))));
