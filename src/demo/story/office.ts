import { between } from '../dice.ts';
import { camera, files, naming, printing, secure, serving, ssh, web } from './serves.ts';
import { type Habit, type NetKey, type Thing, thing } from './thing.ts';

const desk = (host: number): readonly [NetKey, number] => ['desks', host];
const yard = (host: number): readonly [NetKey, number] => ['yard', host];
const WEEKDAYS = [1, 2, 3, 4, 5];

/** Who works there, each with a desktop and a phone on the desk. */
export const STAFF = [
  'amal',
  'bruno',
  'chiara',
  'deniz',
  'erik',
  'farah',
  'goran',
  'hedda',
  'ivo',
  'jana',
  'karim',
  'liv',
  'marta',
  'nils',
  'olga',
  'pavel',
] as const;

const workday = (who: string): Habit => ({
  kind: 'hours',
  on: between(7.8, 9.4, 'on', who),
  off: between(16.6, 18.6, 'off', who),
  days: WEEKDAYS,
});

const DESKTOPS: readonly Thing[] = STAFF.map((who, i) =>
  thing(`pc-${who}`, desk(101 + i), {
    card: i % 3 === 0 ? '809621' : '106530',
    sources: ['dhcp', 'dns', 'netbios'],
    clues: [['dhcp.vendor', 'MSFT 5.0']],
    os: 'Microsoft Windows 11',
    habit: workday(who),
    serves: [serving(135, 'msrpc', { product: 'Microsoft Windows RPC' }), serving(445, 'microsoft-ds')],
    said: { owner: who, groups: { add: ['staff'] }, carried: true },
  }),
);

const PHONES: readonly Thing[] = STAFF.slice(0, 10).map((who, i) =>
  thing(`phone-${who}`, desk(141 + i), {
    card: '3497D7',
    clues: [['dhcp.vendor', 'yealink']],
    serves: [
      web('Yealink T46U', { product: 'Yealink embedded httpd', version: '', server: 'yealink embed httpd' }),
      serving(5060, 'sip', { product: 'Yealink SIP-T46U', version: '108.86.0.90' }),
    ],
    said: { groups: { add: ['telephones'] } },
  }),
);

const FLOOR: readonly Thing[] = [
  thing('gw-office', desk(1), {
    card: '105725',
    clues: [['router', 'yes']],
    serves: [ssh('gw-office', '8.0')],
    said: { alias: 'Office gateway', importance: 'high', groups: { add: ['network'] } },
  }),
  thing('sw-floor-1', desk(2), {
    card: '141923',
    clues: [['lldp.system', 'Cisco IOS C2960X']],
    serves: [ssh('sw-floor-1', '7.5'), serving(23, 'telnet', { product: 'Cisco router telnetd' })],
    said: { type: 'switch', groups: { add: ['network'] }, importance: 'high' },
  }),
  thing('sw-floor-2', desk(3), {
    card: '141923',
    clues: [['lldp.system', 'Cisco IOS C2960X']],
    serves: [ssh('sw-floor-2', '7.5')],
    said: { type: 'switch', groups: { add: ['network'] } },
  }),
  thing('ap-north', desk(4), {
    card: '687251',
    serves: [ssh('ap-north', '7.4')],
    said: { type: 'access-point', groups: { add: ['network'] } },
  }),
  thing('ap-south', desk(5), {
    card: '687251',
    serves: [ssh('ap-south', '7.4')],
    said: { type: 'access-point', groups: { add: ['network'] } },
  }),
  thing('prn-lobby', desk(20), {
    card: '846993',
    sources: ['dns', 'mdns'],
    clues: [['mdns.service', '_ipp._tcp']],
    serves: printing('HP Color LaserJet M479fdw'),
    said: { alias: 'Printer in the lobby' },
  }),
  thing('prn-second', desk(21), {
    card: '508140',
    sources: ['dns', 'mdns'],
    clues: [['mdns.service', '_ipp._tcp']],
    serves: printing('HP LaserJet M404dn'),
  }),
  thing('screen-meeting', desk(30), {
    card: '948835',
    serves: [web('AirMedia', { product: 'Crestron httpd', version: '' }), serving(41_795, 'crestron-ctp')],
    said: { type: 'tv', alias: 'Screen in the meeting room' },
  }),
  thing('badge-door', desk(31), {
    card: '0017FC',
    serves: [serving(51_211, 'suprema')],
    said: { type: 'sensor', importance: 'high', tags: { add: ['door'] }, gentle: true },
  }),
  thing('cam-entrance', desk(32), { card: 'ACCC8E', serves: camera('AXIS P3245-V'), said: { tags: { add: ['door'] } } }),
  thing('ups-rack', desk(33), {
    card: '00C0B7',
    serves: [web('Network Management Card 2', { product: 'APC httpd', version: '' })],
    said: { type: 'appliance' },
  }),
  thing('label-zebra', desk(34), {
    card: '609532',
    serves: [serving(9100, 'jetdirect')],
    habit: { kind: 'hours', on: 7, off: 19, days: WEEKDAYS },
    said: { type: 'printer' },
  }),
  thing('pc-loan', desk(190), { card: '105107', sources: ['dhcp'], clues: [['dhcp.vendor', 'MSFT 5.0']], habit: { kind: 'never' } }),
  thing('phone-spare', desk(191), { card: '3497D7', habit: { kind: 'never' }, serves: [serving(5060, 'sip')] }),
];

const server = (key: string, host: number, row: Parameters<typeof thing>[2]): Thing =>
  thing(key, yard(host), { os: 'Linux 6.1', ...row, said: { type: 'server', groups: { add: ['servers'] }, ...row?.said } });

/** Behind the router: no hardware addresses from there. */
const YARD: readonly Thing[] = [
  thing('gw-yard', yard(1), { serves: [ssh('gw-yard', '8.0')], said: { type: 'router', groups: { add: ['network'] } } }),
  server('web-01', 10, {
    serves: [
      ssh('web-01'),
      web('Example Office'),
      secure('Example Office', 'www.office.example', { days: 71, certificate: { name: 'www.office.example', issuer: 'R10', days: 71 } }),
    ],
    said: { importance: 'high' },
  }),
  server('web-02', 11, {
    serves: [
      ssh('web-02'),
      web('Example Office'),
      secure('Example Office', 'www.office.example', { days: 71, certificate: { name: 'www.office.example', issuer: 'R10', days: 71 } }),
    ],
  }),
  server('db-01', 12, {
    serves: [ssh('db-01'), serving(5432, 'postgresql', { product: 'PostgreSQL DB', version: '15.8' })],
    said: { importance: 'high', tags: { add: ['database'] } },
  }),
  server('db-02', 13, {
    serves: [ssh('db-02'), serving(5432, 'postgresql', { product: 'PostgreSQL DB', version: '15.8' })],
    said: { tags: { add: ['database'] } },
  }),
  server('git', 14, { serves: [ssh('git'), secure('Forgejo', 'git.office.example', { days: 120 })] }),
  server('mail', 15, {
    serves: [
      ssh('mail'),
      serving(25, 'smtp', { product: 'Postfix smtpd' }),
      serving(993, 'imaps', { product: 'Dovecot imapd', certificate: { name: 'mail.office.example', issuer: 'R10', days: 55 } }),
    ],
  }),
  server('files', 16, { serves: [ssh('files'), ...files()], said: { type: 'nas', tags: { add: ['backup'] } } }),
  server('ns-1', 17, { serves: [ssh('ns-1'), naming()], said: { tags: { add: ['dns'] } } }),
  server('ns-2', 18, { serves: [ssh('ns-2'), naming()], said: { tags: { add: ['dns'] } } }),
  server('monitor', 19, {
    serves: [
      ssh('monitor'),
      serving(9090, 'http', { product: 'Prometheus', version: '2.54.1' }),
      web('Grafana', { port: 3000, product: 'Grafana', version: '11.2.0' }),
    ],
  }),
  server('build-01', 20, { serves: [ssh('build-01')] }),
  server('build-02', 21, { serves: [ssh('build-02')] }),
  server('old-crm', 22, {
    os: 'Microsoft Windows Server 2012',
    serves: [
      serving(3389, 'ms-wbt-server', { product: 'Microsoft Terminal Services' }),
      web('CRM', { product: 'Microsoft IIS httpd', version: '8.5', server: 'Microsoft-IIS/8.5' }),
    ],
    said: { note: 'to be switched off at the end of the quarter' },
  }),
  server('hv-01', 30, {
    serves: [
      ssh('hv-01'),
      secure('Proxmox', 'hv-01.office.example', { port: 8006, product: 'Proxmox Virtual Environment REST API', version: '8.2', days: 300 }),
    ],
  }),
  server('hv-02', 31, {
    serves: [
      ssh('hv-02'),
      secure('Proxmox', 'hv-02.office.example', { port: 8006, product: 'Proxmox Virtual Environment REST API', version: '8.2', days: 300 }),
    ],
  }),
  server('backup', 32, { serves: [ssh('backup'), serving(8007, 'ajp12')], said: { tags: { add: ['backup'] } } }),
];

export const OFFICE: readonly Thing[] = [...FLOOR, ...DESKTOPS, ...PHONES, ...YARD];
