import type { Instant } from '../../core/index.ts';
import type { Deed, Moment } from '../world/deed.ts';
import type { Calendar } from './calendar.ts';
import { secure, serving, ssh, web } from './serves.ts';
import { macOf, type NetKey, type Served } from './thing.ts';

const deed = (at: Instant, what: Deed): Moment => ({ at, deed: what });

const visit = (thing: string, from: Instant, to: Instant): Moment[] => [
  deed(from, { kind: 'comes', thing }),
  deed(to, { kind: 'goes', thing }),
];

const outage = (net: NetKey, kind: 'cut' | 'hushed', [from, to]: readonly [Instant, Instant]): Moment[] => [
  deed(from, { kind, net }),
  deed(to, { kind: 'mended', net }),
];

const update = (at: Instant, things: readonly string[], served: (thing: string) => Served): Moment[] =>
  things.map((thing, i) => deed(at + i * 90_000, { kind: 'serves', thing, served: served(thing) }));

/** Key of a server that was installed anew. */
const ANEW = 'web-02 installed anew';
const SERVERS = ['web-01', 'web-02', 'db-01', 'db-02', 'git', 'mail', 'files', 'ns-1', 'ns-2', 'monitor', 'build-01', 'backup'];

/** What happened in the month beside habits. */
export function monthOf(day: Calendar): Moment[] {
  return [...people(day), ...updates(day), ...trouble(day), ...suspicious(day), ...lately(day)];
}

function people({ at, atWork }: Calendar): Moment[] {
  return [
    ...visit('tomas-iphone', at(26, 17.5), at(26, 22.7)),
    ...visit('lenas-pixel', at(24, 19.2), at(24, 23.1)),
    ...visit('tomas-iphone', at(12, 15.1), at(12, 20.4)),
    ...visit('kenji-phone', at(6, 18.3), at(6, 22.2)),
    ...visit('pc-loan', atWork(18, 9.5), atWork(18, 17)),
    // Phones that make up another address: out of sight when they do.
    deed(at(22, 12.5), { kind: 'masks', thing: 'miros-pixel', mac: macOf('random', 'miros-pixel again') }),
    deed(at(14, 12.5), { kind: 'masks', thing: 'danas-iphone', mac: macOf('random', 'danas-iphone again') }),
    deed(at(14, 12.6), { kind: 'moves', thing: 'danas-iphone', host: 111 }),
  ];
}

function updates({ at, atWork }: Calendar): Moment[] {
  const office = 'Example Office';
  const title = (version: string) => () => web(office, { version });
  const postgres = () => serving(5432, 'postgresql', { product: 'PostgreSQL DB', version: '15.10' });
  const sonos = () => serving(1400, 'http', { product: 'Sonos upnpd', version: '80.1-55014' });
  const home = () => web('Home Assistant', { port: 8123, product: 'aiohttp', version: '3.10.8', server: 'Python/3.12 aiohttp/3.10.8' });
  return [
    ...update(atWork(23, 11), ['web-01'], title('1.26.3')),
    ...update(atWork(21, 11), ['web-02'], title('1.26.3')),
    ...update(at(19, 21.5), ['home-assistant'], home),
    ...update(at(17, 2.5), ['git'], () => secure('Forgejo', 'git.office.example', { days: 348 })),
    ...update(atWork(10, 7.2), ['db-01'], postgres),
    ...update(atWork(9, 7.2), ['db-02'], postgres),
    ...update(at(8, 3.2), ['sonos-kitchen', 'sonos-bath'], sonos),
    ...update(at(3, 2), SERVERS, (thing) => ssh(thing === 'web-02' ? ANEW : thing, '9.2p1 Debian 2+deb12u4')),
  ];
}

function trouble({ at, atWork }: Calendar): Moment[] {
  return [
    ...outage('yard', 'cut', [atWork(20, 9.3), atWork(20, 14.8)]),
    ...outage('desks', 'hushed', [atWork(13, 10.2), atWork(13, 15.4)]),
    deed(atWork(15, 12), { kind: 'goes', thing: 'old-crm' }),
    // Somebody gave a telephone the address of the printer.
    deed(atWork(12, 10), { kind: 'moves', thing: 'phone-spare', host: 20 }),
    ...visit('phone-spare', atWork(12, 10.2), atWork(12, 15.8)),
    deed(at(5, 13), { kind: 'goes', thing: 'plug-boiler' }),
    deed(at(5, 15.6), { kind: 'comes', thing: 'plug-boiler' }),
    deed(at(2, 9.3), { kind: 'goes', thing: 'build-02' }),
    deed(at(2, 14.8), { kind: 'comes', thing: 'build-02' }),
  ];
}

function suspicious({ at, atWork }: Calendar): Moment[] {
  return [
    ...visit('stranger', at(16, 3.2), at(16, 3.9)),
    deed(at(11, 22.2), {
      kind: 'serves',
      thing: 'nas',
      served: web('Transmission', { port: 8080, product: 'Transmission BitTorrent', version: '4.0.6', server: 'Transmission' }),
    }),
    deed(atWork(9, 15), { kind: 'serves', thing: 'web-02', served: ssh(ANEW) }),
    deed(at(7, 4.3), {
      kind: 'serves',
      thing: 'garage-camera',
      served: serving(23, 'telnet', { product: 'BusyBox telnetd', version: '1.14.0 or later' }),
    }),
  ];
}

/** What happened today, whatever the time is. */
function lately({ hoursAgo }: Calendar): Moment[] {
  const turns = Array.from({ length: 4 }, (_, n) =>
    visit('miros-thinkpad', hoursAgo(1.7 - n / 5 - 0.1), hoursAgo(1.7 - n / 5)).toReversed(),
  );
  return [
    ...turns.flat(),
    ...visit('lenas-pixel', hoursAgo(2.6), hoursAgo(0.9)),
    deed(hoursAgo(1.7), {
      kind: 'serves',
      thing: 'screen-meeting',
      served: web('AirMedia', { product: 'Crestron httpd', version: '3.2', server: 'Crestron' }),
    }),
  ];
}
