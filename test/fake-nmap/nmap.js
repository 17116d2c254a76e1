// nmap's part of the talk: the arguments Rollcall gives it, and the XML it prints.
import { setTimeout as pause } from 'node:timers/promises';
import { hostAt } from './world.js';

const VERSION = '7.93';

function readArguments(argv) {
  const end = argv.indexOf('--');
  const options = argv.slice(0, end < 0 ? argv.length : end);
  const after = (name) => options[options.indexOf(name) + 1];
  return {
    argv,
    targets: end < 0 ? [] : argv.slice(end + 1),
    pingOnly: options.includes('-sn'),
    versions: options.includes('-sV'),
    ports: options.includes('-p') ? after('-p') : '1-1000',
  };
}

/** Addresses of a block or a single address, in order. */
function addressesOf(target) {
  const [base, bits = '32'] = target.split('/');
  const octets = base.split('.').map(Number);
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return Array.from({ length: 2 ** (32 - Number(bits)) }, (_, i) =>
    [24, 16, 8, 0].map((shift) => Math.floor((first + i) / 2 ** shift) % 256).join('.'),
  );
}

const isAsked = (port, ports) =>
  ports.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return port >= first && port <= last;
  });

const countOf = (ports) =>
  ports.split(',').reduce((sum, part) => {
    const [first, last = first] = part.split('-').map(Number);
    return sum + last - first + 1;
  }, 0);

function portsXml({ services }, { ports, versions }) {
  const open = Object.entries(services).filter(([port]) => isAsked(Number(port), ports));
  const closed = countOf(ports) - open.length;
  const lines = open.map(([port, [name, product, version]]) => {
    const told = versions && product ? ` product="${product}" version="${version}" method="probed" conf="10"` : ' method="table" conf="3"';
    return `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="${name}"${told}/></port>`;
  });
  return `<ports><extraports state="closed" count="${closed}"><extrareasons reason="conn-refused" count="${closed}" proto="tcp" ports="${ports}"/></extraports>\n${lines.join('\n')}</ports>`;
}

function hostXml(address, host, order) {
  const now = Math.floor(Date.now() / 1000);
  const local = address.startsWith('127.');
  const card = local ? '' : `<address addr="${host.mac}" addrtype="mac" vendor="${host.vendor}"/>`;
  const reason = local ? 'localhost-response' : 'arp-response';
  return [
    `<host starttime="${now}" endtime="${now}"><status state="up" reason="${reason}" reason_ttl="0"/>`,
    `<address addr="${address}" addrtype="ipv4"/>${card}`,
    '<hostnames></hostnames>',
    order.pingOnly ? '' : portsXml(host, order),
    '</host>',
  ].join('\n');
}

async function scan(order) {
  const start = Date.now();
  const seconds = Math.floor(start / 1000);
  const addresses = order.targets.flatMap(addressesOf);
  const up = addresses.flatMap((address) => {
    const host = hostAt(Number(address.split('.')[3]), start);
    return host ? [{ address, host }] : [];
  });
  const args = ['nmap', ...order.argv].join(' ').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  console.log(`<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>`);
  console.log(`<nmaprun scanner="nmap" args="${args}" start="${seconds}" version="${VERSION}" xmloutputversion="1.05">`);
  if (!order.pingOnly)
    console.log(`<scaninfo type="connect" protocol="tcp" numservices="${countOf(order.ports)}" services="${order.ports}"/>`);
  for (const [i, { address, host }] of up.entries()) {
    await pause(1000 / up.length);
    const percent = ((100 * (i + 1)) / up.length).toFixed(2);
    console.log(
      `<taskprogress task="${order.pingOnly ? 'Ping Scan' : 'Connect Scan'}" time="${Math.floor(Date.now() / 1000)}" percent="${percent}" remaining="1" etc="${seconds + 1}"/>`,
    );
    console.log(hostXml(address, host, order));
  }
  const finish = Math.floor(Date.now() / 1000);
  const took = ((Date.now() - start) / 1000).toFixed(2);
  const counts = `up="${up.length}" down="${addresses.length - up.length}" total="${addresses.length}"`;
  console.log(
    `<runstats><finished time="${finish}" timestr="" elapsed="${took}" summary="" exit="success"/><hosts ${counts}/></runstats>\n</nmaprun>`,
  );
}

const argv = process.argv.slice(2);
if (argv.includes('--version') || argv.includes('-V')) console.log(`Nmap version ${VERSION} ( https://nmap.org )`);
else await scan(readArguments(argv));
