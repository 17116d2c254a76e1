import type { Service } from '../core/index.ts';

/** Units of time in words. */
const UNIT = '(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[wdhms])\\b';

/**
 * What of a service's own words is no version: it differs from look to look although nothing was installed, restarted or
 * configured. Each rule names its source. Only `product`, `extra` and page titles are cleaned of it; of `version` nothing but
 * the spaces around it is, so that no upgrade is ever taken for noise. docs/services.md tells users the same.
 */
const NOISE: readonly (readonly [what: RegExp, by: string])[] = [
  // "uptime 12345 seconds" (memcached), "up 3 days, 4:05" (finger, routers), "uptime: 4711": since when it runs.
  [/\bup(?:time)?(?: is|[:=])? \d[\d.:]*(?: ?UNIT)(?:,? \d[\d:]*(?: ?UNIT)?)*/gi, 'up #'],
  [/\buptime(?: is|[:=])? ?\d[\d.:]*/gi, 'up #'],
  // 2026-11-27T21:28:09.123+01:00, 2026/11/27 21:28: clocks (daytime, greetings of FTP and IRC, page titles).
  [/\b\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?\b/g, '#time'],
  // "Fri, 27 Nov 2026 21:28:09 +0000", "Fri Nov 27 21:28:09 2026": the same in the forms of mail and ctime.
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} {1,2}\d{1,2}),? (?:\d{4} )?\d\d:\d\d(?::\d\d)?(?: (?:[A-Z]{3,4}|[+-]\d{4}))?(?: \d{4})?/g,
    '#time',
  ],
  // "21:28:09", "9:28 PM": a clock without a day. Not the "1:10.6" of a package.
  [/(?<![\w.:-])\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?![\w.:-])/gi, '#time'],
  // "session id: 4f1c...", "nonce=...", "<1896.697170952@host>" (POP3): made anew for each caller. Only where it says what it is.
  [/\b(session|thread|connection|request|nonce|token|cookie|salt|challenge|ray)(?:[ _-]?id[:= ]|[:=]) ?#?[\w+/=.-]*\d[\w+/=.-]*/gi, '$1 #'],
  [/<\d+\.\d+@[^>]*>/g, '<#>'],
  // "12 users", "3 of 50 connections", "load 0.42", "(4) Inbox", "83 % full", "21.5 °C": counters and measurements.
  [
    /(?<![\w.-])\d+(?: (?:of|out of|\/) \d+)? ?(?=(?:users?|clients?|connections?|sessions?|players?|guests?|visitors?|online|messages?)\b)/gi,
    '# ',
  ],
  [/\bload(?: average)?[:= ]+\d[\d., ]*/gi, 'load #'],
  [/^\(\d+\) /g, ''],
  [/(?<![\w.])-?\d+(?:[.,]\d+)? ?(?=%|°[CF]?\b|°$|(?:kW|W|kWh|Wh|V|mA|dBm?|rpm|lux|hPa)\b)/g, '#'],
].map(([what, by]) => [new RegExp((what as RegExp).source.replaceAll('UNIT', UNIT), (what as RegExp).flags), by as string] as const);

/** States in which a service is for a while, beside what it is: "unsynchronized" (NTP), "Too many connections" (FTP, MySQL), "Locked out" (VNC). */
const STATES =
  /^(?:un)?synchronized$|^(?:primary|secondary) server$|^leap |^stratum \d+$|too many (?:\w+ )*(?:connections?|users|errors)|^locked out$|^busy$|^blocked\b|^maintenance\b/i;

/** Mail and file servers greet with the name of the machine, which behind a balancer is another one each time. */
const GREETERS = /^(?:smtps?|submission|pop3s?|imaps?|ftps?)$/;
const HOST = /\b(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,24}\b/gi;

/** A text without what {@link NOISE} names. */
export function withoutNoise(text: string): string {
  const still = NOISE.reduce((rest, [what, by]) => rest.replace(what, by), text);
  return still.replace(/\s+/g, ' ').trim();
}

/** What lasts of a service's answer: two answers with equal ones are no change. */
export function lastingService({ name, product, version, extra, tunnel }: Service): readonly string[] {
  const greets = GREETERS.test(name);
  const nameless = (text: string): string => (greets ? text.replace(HOST, '#host') : text);
  return [name, nameless(withoutNoise(product)), version.replace(/\s+/g, ' ').trim(), nameless(lastingExtra(extra)), tunnel];
}

/** Parts in whatever order and case: "protocol 2.0", "workgroup: WORKGROUP". States are left out. */
function lastingExtra(extra: string): string {
  const parts = extra.split(/[;|]/).map((part) => withoutNoise(part).toLowerCase());
  return parts
    .filter((part) => part !== '' && !STATES.test(part))
    .sort()
    .join('; ');
}

/**
 * Whether both answers say enough to be compared. "tcpwrapped" is a connection that was taken and closed again (a full queue, an
 * access list, a ban after too many scans), and the bare protocol that it was before, without product, version or anything, is a
 * look that ran out of time: neither takes away what was known.
 */
export function areComparable(before: Service, after: Service): boolean {
  if (before.method !== 'probed' || after.method !== 'probed') return false;
  if (before.name === WRAPPED || after.name === WRAPPED) return false;
  const alike = before.name === after.name && before.tunnel === after.tunnel;
  return !(alike && (isBare(before) || isBare(after)));
}

const WRAPPED = 'tcpwrapped';
const isBare = ({ product, version, extra }: Service): boolean => product === '' && version === '' && extra === '';

/** Two answers of the service itself that differ in more than noise; a name guessed from the port number is no answer. */
export function versionsDiffer(before: Service, after: Service): boolean {
  if (!areComparable(before, after)) return false;
  return JSON.stringify(lastingService(before)) !== JSON.stringify(lastingService(after));
}

/** Whether the later of two answers of one port takes the place of the one before, as far as it says something. */
export function saysMore(before: Service, after: Service): boolean {
  if (after.method !== 'probed' || after.name === WRAPPED) return false;
  return !isBare(after) || isBare(before) || after.name !== before.name || after.tunnel !== before.tunnel;
}
