/** Real prefixes of network cards, each with a word that every registry has in its maker's name. */
const MAKERS = [
  ['b8:27:eb', 'Raspberry Pi'],
  ['00:11:32', 'Synology'],
  ['3c:5a:b4', 'Google'],
  ['f0:18:98', 'Apple'],
  ['00:17:88', 'Philips'],
  ['18:b4:30', 'Nest Labs'],
  ['44:65:0d', 'Amazon'],
  ['00:1b:a9', 'Brother'],
  ['00:0c:29', 'VMware'],
  ['5c:cf:7f', 'Espressif'],
  ['00:0e:58', 'Sonos'],
  ['78:8a:20', 'Ubiquiti'],
  ['00:26:b9', 'Dell'],
  ['3c:d9:2b', 'Hewlett Packard'],
] as const;

/** The network card of host number `index`: distinct for the first 65,536. */
export function cardOf(index: number): { mac: string; vendor: string } {
  const [prefix, vendor] = MAKERS[index % MAKERS.length] as (typeof MAKERS)[number];
  const octet = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');
  return { mac: `${prefix}:01:${octet(index >> 8)}:${octet(index)}`, vendor };
}
