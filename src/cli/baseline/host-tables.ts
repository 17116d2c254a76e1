import { type ApprovalEntry, canonicalAddress, canonicalMac, ENTRY_CAPS, Fault, parseTarget } from '../../core/index.ts';

/** Files of one host each, as `nmap -sV` prints its table: HOST.base. */
export const TABLE_ENDING = '.base';

export interface HostTable {
  /** Name of the file, without a folder. */
  readonly file: string;
  readonly text: string;
}

const ROW =
  /^(\d{1,5})\/(tcp|udp|sctp)[ \t]+(open|closed|filtered|unfiltered|open\|filtered|closed\|filtered)(?:[ \t]+(\S+)(?:[ \t]+(\S.*))?)?$/;
const HEADING = /^PORT[ \t]+STATE[ \t]+SERVICE/;
/** What nmap prints around its table, in its versions of twenty years. */
const AROUND =
  /^(?:#|Starting |Nmap scan report|Nmap done|Nmap run completed|Interesting ports|Host is up|Host .* appears to be up|Not shown|\(The \d+ ports|All \d+ scanned ports|MAC Address|Service Info|Service detection|rDNS record|Other addresses|Device type|Running|OS |Network Distance|Aggressive OS|No exact OS|Warning:|\||SF[-:]|\d+ services? unrecognized|=+NEXT SERVICE|Please report)/;

export interface Tables {
  readonly tables: readonly HostTable[];
  /** How many entries say more than a table can. */
  readonly lost: number;
  /** Devices whose name is none that a file could have, and be read back by. */
  readonly nameless: readonly string[];
}

/** The tables of entries, one for each device in the order of entries, and what they cannot say. */
export function formatTables(entries: readonly ApprovalEntry[]): Tables {
  const devices = Map.groupBy(
    entries.filter(({ device }) => device !== undefined),
    ({ device }) => device as string,
  );
  const named = [...devices].filter(([device]) => isHost(device));
  return {
    tables: named.map(([device, rows]) => ({ file: `${fileOf(device)}${TABLE_ENDING}`, text: tableOf(rows) })),
    lost: entries.filter(isLost).length,
    nameless: [...devices.keys()].filter((device) => !isHost(device)),
  };
}

/** Policies, ends, reasons and ranges have no column; of a product nmap's own column says the version too. */
const isLost = ({ device, until, why, product, exempt, port }: ApprovalEntry): boolean =>
  device === undefined || [until, why, product, exempt].some((one) => one !== undefined) || !hasRow(port);

/** A table has no row for protocols of IP itself. */
const hasRow = (port = ''): boolean => !port.endsWith('/ip');

/** A hardware address as a word, since some systems have no colons in names. */
const fileOf = (device: string): string => (canonicalMac(device) === undefined ? device : device.replaceAll(':', '-'));

/** Columns as wide as nmap makes them: the widest cell and a blank. */
function tableOf(entries: readonly ApprovalEntry[]): string {
  const services = entries.filter(({ port }) => port !== undefined && hasRow(port));
  const rows = services.map(({ port = '', service = '', serves, product }) => [
    port,
    'open',
    /^\S+$/.test(service) ? service : 'unknown',
    // Odd blanks, which a hostile banner may have, would end the column early, or be no row at all.
    (serves ?? product ?? '').replaceAll(/\s+/g, ' ').trim(),
  ]);
  const all = [['PORT', 'STATE', 'SERVICE', 'VERSION'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join(' ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** What a table approves: that the host may be here, and each service that is open. Refused with the line where it is none. */
export function readTable({ file, text }: HostTable, path: string): ApprovalEntry[] {
  const device = hostOf(file, path);
  const services = text.split(/\r?\n/).flatMap((line, at) => {
    const row = ROW.exec(line.trimEnd());
    if (row) return row[3] === 'open' ? [serviceOf(device, row, `${path}:${at + 1}`)] : [];
    if (HEADING.test(line)) refuseReasons(line, `${path}:${at + 1}`);
    else if (line.trim() !== '' && !AROUND.test(line)) throw strange(line, `${path}:${at + 1}`);
    return [];
  });
  return [{ device }, ...services];
}

function serviceOf(device: string, [, port = '', protocol = '', , service, version = '']: RegExpExecArray, where: string): ApprovalEntry {
  if (Number(port) > 65_535) throw new Fault('bad-input', `reading ${where}: ${port} is no port`, 'ports end at 65535');
  const serves = version.trim();
  if (serves.length > ENTRY_CAPS.serves || (service?.length ?? 0) > ENTRY_CAPS.service)
    throw new Fault('bad-input', `reading ${where}: it is too long`, 'shorten it');
  if (/[\p{Cc}\u2028\u2029]/u.test(serves + (service ?? '')))
    throw new Fault('bad-input', `reading ${where}: it holds characters that cannot be shown`, 'write the table anew with nmap -sV');
  return {
    device,
    port: `${Number(port)}/${protocol}`,
    ...(service !== undefined && service !== 'unknown' && { service }),
    ...(serves !== '' && { serves }),
  };
}

function refuseReasons(line: string, where: string): void {
  if (line.includes('REASON'))
    throw new Fault('bad-input', `reading ${where}: it has a column of reasons`, 'write the table without --reason');
}

function strange(line: string, where: string): Fault {
  const shown = JSON.stringify(line.slice(0, 60));
  return new Fault('bad-input', `reading ${where}: ${shown} is no line of a table`, 'keep only what "nmap -sV" prints of one host');
}

/** A hardware address, an address or a host name in one spelling. */
function hostIn(name: string): string | undefined {
  const plain = canonicalMac(name) ?? canonicalAddress(name);
  if (plain !== undefined) return plain;
  const target = parseTarget(name);
  return target.ok && target.value.kind === 'hostname' ? target.value.hostname : undefined;
}

const isHost = (device: string): boolean => hostIn(device) !== undefined;

/** The host that a file is about, by its name. */
function hostOf(file: string, path: string): string {
  const host = hostIn(file.endsWith(TABLE_ENDING) ? file.slice(0, -TABLE_ENDING.length) : file);
  if (host !== undefined) return host;
  throw new Fault('bad-input', `reading ${path}: its name is no host`, 'call it like 192.168.1.20.base or nas.lan.base');
}
