import { camera, files, naming, printing, secure, serving, ssh, web } from './serves.ts';
import { type Habit, type NetKey, type Row, type Thing, thing } from './thing.ts';

/** Who lives there. */
export const FAMILY = ['dana', 'miro', 'ilse'] as const;

const at = (host: number): readonly [NetKey, number] => ['home', host];
const withOwner = (person: string): Habit => ({ kind: 'with', person });
const EVENINGS: Habit = { kind: 'hours', on: 18.5, off: 23.2, days: [0, 1, 2, 3, 4, 5, 6] };

const carried = (owner: string, row: Row): Row => ({
  sources: ['dhcp', 'mdns'],
  habit: withOwner(owner),
  ...row,
  said: { owner, groups: { add: ['family'] }, ...row.said },
});

const IPHONE: Row['clues'] = [
  ['dhcp.options', '1,121,3,6,15,108,114,119,252'],
  ['mdns.model', 'iPhone15,2'],
];
const ANDROID: Row['clues'] = [
  ['dhcp.options', '1,3,6,15,26,28,51,58,59,43'],
  ['dhcp.vendor', 'android-dhcp-14'],
];
const MAC: Row['clues'] = [
  ['dhcp.options', '1,121,3,6,15,108,114,119,252,95,44,46'],
  ['mdns.model', 'MacBookPro18,3'],
];

/** What the family carries, and what guests and strangers bring. */
const CARRIED: readonly Thing[] = [
  thing('danas-iphone', at(101), carried('dana', { clues: IPHONE })),
  thing('danas-watch', at(102), carried('dana', { sources: ['dhcp'], clues: [['mdns.model', 'Watch6,7']], drowsy: 0.2 })),
  thing(
    'danas-macbook',
    at(103),
    carried('dana', { card: '102959', clues: MAC, serves: [serving(5000, 'rtsp', { product: 'AirTunes rtspd' })] }),
  ),
  thing('miros-pixel', at(104), carried('miro', { clues: ANDROID })),
  thing('miros-thinkpad', at(105), {
    card: '809621',
    sources: ['dhcp', 'mdns'],
    os: 'Linux 6.1',
    serves: [ssh('miros-thinkpad', '9.6p1 Ubuntu 3ubuntu13.5')],
    habit: { kind: 'hours', on: 8.2, off: 22.4, days: [0, 1, 2, 3, 4, 5, 6] },
    said: { owner: 'miro', carried: false, tags: { add: ['work'] }, window: 120_000 },
  }),
  thing('ilses-galaxy', at(106), carried('ilse', { clues: ANDROID })),
  thing('ilses-tablet', at(107), {
    clues: [['mdns.model', 'iPad13,1']],
    sources: ['dhcp', 'mdns'],
    habit: EVENINGS,
    said: { owner: 'ilse', carried: false },
  }),
  thing('tomas-iphone', at(131), { clues: IPHONE, sources: ['dhcp'], habit: { kind: 'never' }, said: { groups: { add: ['guests'] } } }),
  thing('lenas-pixel', at(132), { clues: ANDROID, sources: ['dhcp'], habit: { kind: 'never' } }),
  thing('kenji-phone', at(133), { clues: ANDROID, sources: ['dhcp'], habit: { kind: 'never' } }),
  thing('stranger', at(171), {
    name: null,
    sources: [],
    habit: { kind: 'never' },
    serves: [ssh('stranger', '8.4p1 Debian 5+deb11u1'), serving(4444, 'krb524')],
  }),
];

/** What makes the network. */
const FIXTURES: readonly Thing[] = [
  thing('fritz.box', at(1), {
    card: '246511',
    clues: [['router', 'yes']],
    serves: [
      naming(),
      web('FRITZ!Box', { product: 'FRITZ!Box http config', version: '' }),
      secure('FRITZ!Box', 'fritz.box', { days: 900 }),
    ],
    said: { alias: 'Router', importance: 'high', groups: { add: ['network'] } },
  }),
  thing('attic-ap', at(2), {
    card: '602232',
    serves: [ssh('attic-ap', '7.4')],
    said: { type: 'access-point', groups: { add: ['network'] } },
  }),
  thing('rollcall', at(5), {
    card: '28CDC1',
    os: 'Linux 6.6',
    serves: [ssh('rollcall')],
    said: { alias: 'Rollcall itself', type: 'server', note: 'takes the roll' },
  }),
  thing('nas', at(10), {
    card: '001132',
    sources: ['dns', 'mdns', 'netbios'],
    clues: [['mdns.model', 'DS920+']],
    os: 'Linux 4.4',
    serves: [
      ssh('nas', '8.2'),
      ...files('4.15.13'),
      web('DiskStation', { port: 5000 }),
      secure('DiskStation', 'nas.home.example', { port: 5001, days: 16 }),
    ],
    said: { alias: 'NAS', importance: 'high', tags: { add: ['backup'] }, note: 'photos and backups; disks changed in spring' },
  }),
  thing('pi-hole', at(11), {
    card: '2CCF67',
    os: 'Linux 6.6',
    serves: [ssh('pi-hole'), naming('2.90+1'), web('Pi-hole', { product: 'lighttpd', version: '1.4.76', server: 'lighttpd/1.4.76' })],
    said: { type: 'server', owner: 'miro', tags: { add: ['dns'] } },
  }),
  thing('home-assistant', at(12), {
    card: '2CCF67',
    sources: ['dns', 'mdns'],
    clues: [['mdns.service', '_home-assistant._tcp']],
    os: 'Linux 6.6',
    serves: [
      ssh('home-assistant', '9.7'),
      serving(1883, 'mqtt', { product: 'Mosquitto', version: '2.0.18' }),
      web('Home Assistant', { port: 8123, product: 'aiohttp', version: '3.10.5', server: 'Python/3.12 aiohttp/3.10.5' }),
    ],
    said: { type: 'server', owner: 'miro', importance: 'high' },
  }),
];

/** What hangs on the walls and stands in the rooms. */
const ROOMS: readonly Thing[] = [
  thing('brother-hl', at(20), {
    card: '001BA9',
    sources: ['dns', 'mdns'],
    clues: [['mdns.service', '_ipp._tcp']],
    serves: printing('Brother HL-L2350DW'),
    said: { alias: 'Printer in the study' },
  }),
  thing('living-room-tv', at(30), {
    card: '201742',
    sources: ['dns', 'mdns'],
    clues: [['mdns.service', '_googlecast._tcp']],
    habit: EVENINGS,
    serves: [serving(8008, 'http'), serving(8009, 'castv2'), serving(3001, 'nessus', { product: 'LG webOS TV' })],
  }),
  thing('playstation', at(31), {
    card: '904748',
    clues: [['dhcp.vendor', 'PS5']],
    habit: { kind: 'hours', on: 20, off: 22.5, days: [2, 5, 6, 0] },
    said: { owner: 'ilse', carried: false },
  }),
  thing('nintendo-switch', at(32), {
    card: '387035',
    habit: { kind: 'hours', on: 16, off: 18, days: [1, 3, 6] },
    said: { owner: 'ilse', carried: false },
  }),
  thing('sonos-kitchen', at(33), {
    card: '347E5C',
    clues: [['mdns.service', '_sonos._tcp']],
    serves: [serving(1400, 'http', { product: 'Sonos upnpd', version: '79.1-54060' })],
  }),
  thing('sonos-bath', at(34), {
    card: '347E5C',
    clues: [['mdns.service', '_sonos._tcp']],
    serves: [serving(1400, 'http', { product: 'Sonos upnpd', version: '79.1-54060' })],
  }),
  thing('hue-bridge', at(40), {
    card: '001788',
    clues: [['mdns.service', '_hue._tcp']],
    serves: [web('hue', { version: '1.21.6' }), secure('hue', 'hue-bridge', { version: '1.21.6', days: 4000 })],
  }),
  ...['hall', 'stairs', 'kitchen', 'desk'].map((room, i) =>
    thing(`bulb-${room}`, at(41 + i), { card: 'C42996', drowsy: 0.05, said: { type: 'light' } }),
  ),
  thing('tado-bridge', at(50), { card: 'ECE512', said: { type: 'appliance' } }),
  thing('thermostat-bath', at(51), { card: '18B430', drowsy: 0.35, said: { type: 'sensor' } }),
  thing('thermostat-hall', at(52), { card: '18B430', drowsy: 0.35, said: { type: 'sensor' } }),
  thing('plug-washer', at(53), {
    card: '8400EC',
    serves: [web('Shelly Plug S', { product: 'Mongoose httpd', version: '', server: 'Mongoose/6.18' })],
    said: { type: 'plug' },
  }),
  thing('plug-boiler', at(54), {
    card: '8400EC',
    serves: [web('Shelly Plug S', { product: 'Mongoose httpd', version: '', server: 'Mongoose/6.18' })],
    said: { type: 'plug', importance: 'high' },
  }),
  thing('porch-camera', at(60), { card: 'EC71DB', serves: camera('Reolink RLC-810A'), said: { tags: { add: ['outdoors'] } } }),
  thing('garage-camera', at(61), { card: '244845', serves: camera('DS-2CD2043'), said: { tags: { add: ['outdoors'] } } }),
  thing('weather-station', at(62), { card: '70EE50', drowsy: 0.1, said: { type: 'sensor', tags: { add: ['outdoors'] } } }),
  thing('old-pc', at(70), {
    card: '186024',
    name: 'DESKTOP-4F2K9QZ',
    sources: ['netbios'],
    os: 'Microsoft Windows 7',
    serves: [serving(135, 'msrpc', { product: 'Microsoft Windows RPC' }), ...files()],
    said: { note: 'in the cellar; to be given away' },
  }),
];

export const HOME: readonly Thing[] = [...FIXTURES, ...ROOMS, ...CARRIED];
