import { type Observation, untrusted } from '../../core/index.ts';
import { readCommandLine } from '../../nmap-xml/index.ts';
import type { ForeignScan } from './foreign-scan.ts';
import type { FormatReader } from './format-reader.ts';
import { MOST_HOSTS, tooManyHosts } from './limits.ts';
import { createLineReader, plainSpaces } from './lines.ts';
import { addToHost, closeHost, type HostDraft, openHost } from './nmap-text-host.ts';

interface Draft {
  host: HostDraft | null;
  readonly observations: Observation[];
  hosts: number;
  /** Heads of hosts of which nothing more was said: only a list scan prints such. */
  silent: number;
  version: string;
  args: string | null;
  startedAt: number | null;
  finishedAt: number | null;
  totals: { readonly asked: number; readonly up: number } | null;
  quit: string | null;
  readonly warnings: string[];
}

/** Reads nmap's normal text: what it prints on the screen, or writes with -oN. */
export function createNmapTextReport(): FormatReader {
  const draft: Draft = {
    host: null,
    observations: [],
    hosts: 0,
    silent: 0,
    version: '',
    args: null,
    startedAt: null,
    finishedAt: null,
    totals: null,
    quit: null,
    warnings: [],
  };
  const lines = createLineReader((line) => takeLine(draft, line));
  return {
    write: lines.write,
    end() {
      lines.end();
      closeCurrent(draft);
      return foreignScan(draft);
    },
  };
}

function takeLine(draft: Draft, original: string): void {
  const line = plainSpaces(original);
  const host = openHost(line);
  if (host !== undefined) {
    closeCurrent(draft);
    draft.host = host;
    if (host === null) warn(draft, `passed over a host without an address: ${line}`);
  } else if (!takeFrame(draft, line) && draft.host !== null) addToHost(draft.host, line, original);
}

function closeCurrent(draft: Draft): void {
  const { host } = draft;
  draft.host = null;
  if (host === null) return;
  draft.hosts++;
  if (draft.hosts > MOST_HOSTS) throw tooManyHosts();
  if (host.state === 'silent') draft.silent++;
  const observation = closeHost(host);
  if (observation !== null) draft.observations.push(observation);
}

/** Lines about the scan rather than a host. */
function takeFrame(draft: Draft, line: string): boolean {
  return takeStart(draft, line) || takeDone(draft, line) || takeComplaint(draft, line);
}

/** "Starting Nmap 7.93 ( https://nmap.org ) at ..." or "# Nmap 7.93 scan initiated Sat Nov 21 03:39:58 2026 as: nmap -sn 10.0.0.0/24" */
function takeStart(draft: Draft, line: string): boolean {
  const screen = /^Starting Nmap (\S+)/.exec(line);
  const file = /^# ?Nmap (\S+) scan initiated (.*?) as: (.*)$/.exec(line);
  const version = screen?.[1] ?? file?.[1];
  if (version === undefined) return false;
  draft.version = untrusted(version, 40);
  if (file !== null) {
    draft.startedAt = localTime(file[2] as string);
    draft.args = file[3] as string;
  }
  return true;
}

/** "Nmap done: 256 IP addresses (9 hosts up) scanned in ..." or "# Nmap done at Sat Nov 21 ... -- 256 IP addresses (9 hosts up) scanned in ..." */
function takeDone(draft: Draft, line: string): boolean {
  const match = /^(?:# ?)?Nmap done(?: at (.*?) --|:) (\d+) IP address(?:es)? \((\d+) hosts? up\)/.exec(line);
  if (match === null) return false;
  closeCurrent(draft);
  draft.totals = { asked: Number(match[2]), up: Number(match[3]) };
  draft.finishedAt = match[1] === undefined ? null : localTime(match[1]);
  return true;
}

/** nmap writes no zone: the file is taken to come from this machine. */
function localTime(text: string): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function takeComplaint(draft: Draft, line: string): boolean {
  if (line.startsWith('QUITTING!')) draft.quit = draft.warnings.at(-1) ?? 'it quit';
  else if (/^(?:WARNING|Warning|setup_target): ?/.test(line) || /failed to determine route/.test(line)) warn(draft, line);
  else return false;
  return true;
}

function warn({ warnings }: Draft, text: string): void {
  const clean = untrusted(text, 300);
  if (warnings.length < 20 && !warnings.includes(clean)) warnings.push(clean);
}

function endingOf({ quit, totals }: Draft): ForeignScan['ending'] {
  if (quit !== null) return { kind: 'failed', text: `nmap failed: ${quit}` };
  return totals === null ? { kind: 'cut', text: 'the text has no "Nmap done" line, so the scan did not finish' } : { kind: 'whole' };
}

function foreignScan(draft: Draft): ForeignScan {
  const { observations, args, totals, version, startedAt, finishedAt, warnings, silent } = draft;
  const line = args === null ? null : readCommandLine(args);
  const ports = observations.some((seen) => seen.ports.length + seen.unlisted.length > 0);
  const probed = observations.some((seen) => seen.ports.some(({ service }) => service?.method === 'probed'));
  return {
    tool: { name: 'nmap', version },
    command: args === null ? null : args.split(' '),
    targets: line?.targets ?? null,
    commanded: line !== null,
    startedAt,
    finishedAt,
    observations,
    warnings,
    ending: endingOf(draft),
    asked: totals?.asked ?? null,
    up: totals?.up ?? null,
    read: observations.length,
    listOnly: silent > 0,
    unasked: [],
    absent: [],
    // The text says how many ports were asked, not which: none of them can be missed.
    ports: {},
    depth: probed ? 'versions' : ports ? 'ports' : 'presence',
    vantage: { iface: line?.iface ?? null, privileged: observations.some(({ mac }) => mac !== null) },
  };
}
