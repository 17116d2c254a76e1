/** A report of many hosts, as nmap would print it. */
export function manyHosts(count: number, name: (i: number) => string = (i) => `host-${i}`): string {
  const hosts = Array.from({ length: count }, (_, i) => hostText(i, name(i)));
  return (
    `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n` +
    `<nmaprun scanner="nmap" args="nmap -n -p22,80,631 10.0.0.0/17" start="1772445600" startstr="" version="7.95" xmloutputversion="1.05">\n` +
    `<scaninfo type="syn" protocol="tcp" numservices="3" services="22,80,631"/>\n${hosts.join('')}` +
    `<runstats><finished time="1772445700" exit="success"/><hosts up="${count}" down="0" total="${count}"/></runstats>\n</nmaprun>\n`
  );
}

const PORTS = [22, 80, 631];
const VENDORS = ['Example', 'Reolink Innovation Limited', 'Espressif', 'Synology'];

function hostText(i: number, name: string): string {
  const mac = `00:11:22:${hex(i >> 16)}:${hex(i >> 8)}:${hex(i)}`.toUpperCase();
  const ports = PORTS.filter((_, n) => (i >> n) % 2 === 0).map(
    (port) => `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="64"/></port>`,
  );
  return (
    `<host starttime="1772445600" endtime="1772445609"><status state="up" reason="arp-response" reason_ttl="0"/>\n` +
    `<address addr="10.0.${i >> 8}.${i & 255}" addrtype="ipv4"/><address addr="${mac}" addrtype="mac" vendor="${VENDORS[i % 4]}"/>\n` +
    `<hostnames><hostname name="${escaped(name)}" type="PTR"/></hostnames>\n<ports>${ports.join('')}</ports></host>\n`
  );
}

const hex = (n: number): string => (n & 255).toString(16).padStart(2, '0');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
