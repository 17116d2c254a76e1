import {
  type Address,
  type AddressRange,
  bad,
  canonicalAddress,
  type Guard,
  type GuardKey,
  good,
  type Instant,
  lengthOfTime,
  like,
  type Millis,
  PLAN_NAMES,
  type PlanName,
  parseMailAddress,
  parseQuietWindow,
  parseReach,
  parseTarget,
  type QuietWindow,
  type Reader,
  readGuardPart,
  SCRIPT_CHOICES,
  type ScriptChoice,
  show,
  type TargetSpec,
  text,
} from '../core/index.ts';
import { readCron } from './cron.ts';

export { flag, lengthOfTime, type Reader, show } from '../core/index.ts';

export const siteName = like(
  /^[a-z0-9][a-z0-9_-]{0,62}$/i,
  'a site name',
  'write up to 63 letters, digits, dashes or underscores, like "home"',
);

/** TCP port to listen on; 0 takes a free one. */
export const listenPort: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65535
    ? good(value)
    : bad(`${show(value)} is not a port`, 'write a whole number from 1 to 65535, without quotes, like 9090');

/** Frames a second; 0 is ours for "lifted". */
export const sweepRate: Reader<number> = (value) => {
  if (value === 'lifted') return good(0);
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
  return fits ? good(value) : bad(`${show(value)} is no rate of frames`, 'write a whole number of frames a second, like 500, or "lifted"');
};

export const scriptChoice: Reader<ScriptChoice> = (value) => {
  const choice = SCRIPT_CHOICES.find((name) => name === value);
  return choice ? good(choice) : bad(`${show(value)} is no choice of scripts`, `write one of ${SCRIPT_CHOICES.join(', ')}`);
};

export const certificateDays: Reader<number> = (value) => {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 365;
  return fits ? good(value) : bad(`${show(value)} is no number of days`, 'write a whole number from 0 (only when it has expired) to 365');
};

/** Packets a second; 0 is ours for "lifted". */
export const packetRate: Reader<number> = (value) => {
  if (value === 'lifted') return good(0);
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
  return fits
    ? good(value)
    : bad(`${show(value)} is no rate of packets`, 'write a whole number of packets a second, like 300, or "lifted"');
};

export const quietWindow: Reader<QuietWindow> = text('write a stretch of the week like "Mon-Fri 08:00-18:00"', parseQuietWindow);

/** One part of a guard, as {@link readGuardPart} reads it. */
export const guardPart = <Key extends GuardKey>(key: Key): Reader<NonNullable<Guard[Key]>> =>
  text(`write ${key} = "..."`, (value) => readGuardPart(key, value));

/** A host by name or address, a port, and a path: no place for a password that messages would show. */
const PAGE = /^https?:\/\/(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::\d{1,5})?(?:\/[!-~]{0,500})?$/i;

/** Never shows the value: somebody may have put a password into it. */
export const askUrl: Reader<string> = (value) =>
  typeof value === 'string' && PAGE.test(value)
    ? good(value)
    : bad('its value is not the address of a web page', 'write ask = "https://ip.example.org/", without a name and a password');

export const listenHost: Reader<string> = text('write host = "127.0.0.1"', (value) => {
  const address = canonicalAddress(value);
  if (address !== undefined || value === 'localhost') return good(address ?? value);
  return bad(
    `${show(value)} is not an address to listen on`,
    'write host = "127.0.0.1", or an address of this machine that others reach, with cert and key',
  );
});

/** Whoever is believed what it says of a caller is one machine, and none that could be anybody. */
export const proxyAddress: Reader<Address> = text('write an address like "192.168.1.2"', (value) => {
  const address = canonicalAddress(value);
  return address !== undefined && address !== '0.0.0.0' && address !== '::'
    ? good(address)
    : bad(`${show(value)} is not the address of a proxy`, 'write an address like "192.168.1.2", as the proxy connects from');
});

export const hostName = like(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
  'a host name',
  'write a name like "nas.lan", without scheme, port or path',
);

export const nameServer: Reader<string> = text('write an address like "192.168.1.1" or "192.168.1.1:53"', (value) => {
  const match = /^(?:\[([0-9a-f:]+)\]|([0-9.]+))(?::(\d{1,5}))?$/i.exec(value);
  const address = canonicalAddress(match ? ((match[1] ?? match[2]) as string) : value);
  const port = Number(match?.[3] ?? 53);
  if (address && port > 0 && port <= 65535) return good(value);
  return bad(`${show(value)} is not the address of a name server`, 'write an address like "192.168.1.1" or "192.168.1.1:53"');
});

/** A path of the machine: absolute, one line, so that it can only ever name a file. */
export const filePath = like(/^\/[^\0-\x1f\x7f]{1,4000}$/, 'an absolute path', 'write the whole path, like "/usr/bin/nmap"');

/** Never shows the value: it may be the key itself. */
export const keyPath: Reader<string> = (value) =>
  filePath(value).ok
    ? filePath(value)
    : bad('its value is not an absolute path', 'write the path of the file, like "/etc/rollcall/key.pem"');

/** Never shows the value: it may hold a password. */
export const storeUrl: Reader<string> = (value) =>
  typeof value === 'string' && /^postgres(?:ql)?:\/\/[^\s/]+\/?\S*$/.test(value)
    ? good(value)
    : bad('its value is not a PostgreSQL address', 'write url = "postgres://user@host/rollcall", or leave it out for the embedded store');

/** Scheme, login, host and port, as whoever sends mail reads them: a password with an "@" in it is told here, not in the night. */
const MAIL_URL = /^smtps?:\/\/(?:[^\s/?#@:]+(?::[^\s/?#@]*)?@)?(?:\[[\da-f:]+\]|[a-z\d][a-z\d.-]*)(?::\d{1,5})?\/?$/i;

/** Never shows the value: it may hold a password. */
export const mailUrl: Reader<string> = (value) =>
  typeof value === 'string' && MAIL_URL.test(value)
    ? good(value)
    : bad(
        'its value is not the address of a mail server',
        'write url = "smtp://user:password@mail.example.org:587", or smtps://, with / # ? @ : in the password as %2F %23 %3F %40 %3A',
      );

export const mailAddress: Reader<string> = text('write from = "rollcall@example.org"', (value) => {
  const parsed = parseMailAddress(value);
  return parsed.ok ? parsed : bad(parsed.reason.replace(/^reading mail address /, ''), parsed.remedy);
});

const SECOND = 1000;

/** Nothing at all is a tolerance too: the first scan that misses a device decides. */
export const windowLength = lengthOfTime(0, '45m');
export const refreshLength = lengthOfTime(60 * SECOND, '6h');
export const toleranceName: Reader<'learned' | 'fixed'> = (value) =>
  value === 'learned' || value === 'fixed' ? good(value) : bad(`${show(value)} is not a tolerance`, 'write "learned" or "fixed"');
export const interval = lengthOfTime(10 * SECOND, '5m');
export const keepLength = (example: string): Reader<Millis> => lengthOfTime(0, example);

/** Kept for a day at least: alerting goes on with what ended since. */
export const keepAlerts: Reader<Millis> = lengthOfTime(86_400 * SECOND, '400d', 3660 * 86_400 * SECOND);

export const reach: Reader<string> = text('write a place like "192.168.1.0/24" or "127.0.0.1:8080"', (value) => {
  const parsed = parseReach(value);
  return parsed.ok ? good(value) : parsed;
});

/** As whoever connects reads it. */
const MQTT_URL =
  /^mqtts?:\/\/(?<login>[^\s/?#@:]+(?::[^\s/?#@]*)?@)?(?:\[[\da-f:]+\]|[a-z\d](?:[a-z\d._-]{0,251}[a-z\d])?)(?::(?<port>\d{1,5}))?\/?$/i;

function isBroker(url: string): boolean {
  const { login = '', port = '1883' } = MQTT_URL.exec(url)?.groups ?? { port: '0' };
  return Number(port) >= 1 && Number(port) <= 65535 && isDecodable(login);
}

function isDecodable(login: string): boolean {
  try {
    decodeURIComponent(login);
    return true;
  } catch {
    return false;
  }
}

/** Never shows the value: it may hold a password. */
export const mqttUrl: Reader<string> = (value) =>
  typeof value === 'string' && isBroker(value)
    ? good(value)
    : bad(
        'its value is not the address of a broker',
        'write url = "mqtt://user:password@broker.example.org:1883", or mqtts://, with / # ? @ : in the password as %2F %23 %3F %40 %3A',
      );

const LEVELS = /^[A-Za-z0-9_-]{1,40}(?:\/[A-Za-z0-9_-]{1,40}){0,3}$/;

/** Levels of a topic that are no wildcard, and not the broker's own. */
export const topicLevels = like(LEVELS, 'a topic', 'write letters, digits, dashes and underscores, like "rollcall" or "house/rollcall"');

/** null: false was written. */
export const discoveryLevels: Reader<string | null> = (value) => {
  const remedy = 'write what Home Assistant is set to, usually "homeassistant", or false';
  return value === false ? good(null) : like(LEVELS, 'a topic', remedy)(value);
};

export const targetSpec: Reader<TargetSpec> = text('write target = "192.168.1.0/24"', (value) => {
  const parsed = parseTarget(value);
  return parsed.ok ? parsed : bad(parsed.reason.replace(/^reading target /, ''), parsed.remedy);
});

/** One address, as it is written everywhere. */
export const canary: Reader<Address> = text('write an address like "192.168.1.1"', (value) =>
  canonicalAddress(value) === value ? good(value) : bad(`${show(value)} is not an address in canonical form`, remedyFor(value)),
);

const remedyFor = (value: string): string => `write ${canonicalAddress(value) ?? 'an address like "192.168.1.1"'}`;

/** Addresses that may be allowed; a host name could mean others tomorrow, so it cannot. */
export const addressRanges: Reader<readonly AddressRange[]> = (value) => {
  const spec = targetSpec(value);
  if (!spec.ok) return spec;
  if (spec.value.kind === 'ranges') return good(spec.value.ranges);
  return bad(`${show(value)} is a host name, which may mean other addresses tomorrow`, 'write the addresses, like "203.0.113.0/28"');
};

export const ifaceName = like(
  /^[a-z0-9_][a-z0-9_.:@-]{0,14}$/i,
  'the name of an interface',
  'write it as `rollcall networks` lists it, like "eth0"',
);

export const planName: Reader<PlanName> = (value) => {
  const plan = PLAN_NAMES.find((name) => name === value);
  return plan ? good(plan) : bad(`${show(value)} is not a plan`, `write one of ${PLAN_NAMES.join(', ')}`);
};

export const cronLine: Reader<string> = text('write a cron line like "0 3 * * *"', readCron);

export const zoneName: Reader<string> = text('write a zone like "Europe/Berlin"', (value) => {
  try {
    return good(new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone && value);
  } catch {
    return bad(`${show(value)} is not a time zone`, 'write a zone like "Europe/Berlin" or "UTC"');
  }
});

export const ownerName: Reader<string> = text('write who owns the range, like "ops@example.org"', (value) =>
  value.trim() === '' || value.length > 200
    ? bad(`${show(value)} names nobody`, 'write who owns the range, like "ops@example.org"')
    : good(value.trim()),
);

/** The end (UTC) of a day written 2027-01-31, as text or as a TOML date. */
export const lastDay: Reader<Instant> = (value) => {
  const written = value instanceof Date ? value.toISOString().slice(0, 10) : value;
  const start = typeof written === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(start) && new Date(start).toISOString().startsWith(String(written));
  return exists
    ? good(start + 86_400 * SECOND)
    : bad(`${show(value)} is not a day`, 'write the last day it holds, like until = 2027-01-31');
};
