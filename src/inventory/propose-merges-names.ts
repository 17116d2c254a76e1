import type { HostName, NameSource } from '../core/index.ts';

/** Whom a device tells its name itself. What DNS says of an address is no word of the device. */
const SAID_ITSELF: ReadonlySet<NameSource> = new Set(['dhcp', 'mdns', 'netbios']);

/** Names as they leave the factory: they tell the make, not the device. */
const FACTORY = new Set(
  `localhost local host hostname unknown none null undefined default device android iphone ipad ipod watch phone tablet mobile galaxy
   pixel macbook macbookair macbook-air macbookpro macbook-pro imac mac macmini mac-mini laptop desktop notebook pc computer mypc home
   workstation windows win10 win11 linux debian ubuntu kali fedora arch archlinux alpine openwrt lede raspberrypi raspberry raspbian esp esp8266
   esp32 espressif tasmota shelly wled tuya printer camera ipcam cam tv smart-tv chromecast roku sonos speaker server nas router gateway ap
   switch dhcp client guest user test box amazon echo kindle nintendo playstation xbox nintendo-switch ps4 ps5 roomba vm docker`.split(
    /\s+/,
  ),
);

/** "10-0-0-5", "ip-10-0-0-5", "dhcp-12": made of an address by whoever gave it. */
const FROM_ADDRESS = /^(?:[a-z]+-?)?(?:\d{1,3}[-_]){3}\d{1,3}$|^(?:ip|dhcp|host|client|pc|device|dyn|pool|user)?[-_]?\d*$/;

/** The host name, alike however it is told ("Annas-iPhone.local", "ANNAS-IPHONE"); null where it tells nobody apart. */
export function tellingName({ name, source }: HostName): string | null {
  if (!SAID_ITSELF.has(source)) return null;
  const label = name.toLowerCase().split('.')[0]?.trim() ?? '';
  return label.length < 3 || FACTORY.has(label) || FROM_ADDRESS.test(label) ? null : label;
}

const WAYS: Readonly<Partial<Record<NameSource, string>>> = { dhcp: 'DHCP', mdns: 'mDNS', netbios: 'NetBIOS' };

export const wayOf = (source: NameSource): string => WAYS[source] ?? source;
