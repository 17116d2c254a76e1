import type { AddressRange, Coverage, Instant, View, ViewEntry } from '../../core/index.ts';
import { entryOf, sameDevices, type ViewFrame, viewDeviceOf } from '../../diff/index.ts';
import { chosenScripts, coverageOfSeen, judgeScan, type ScanClaims } from '../../nmap-xml/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { askedFingerprint, deviceFingerprint } from './fingerprint.ts';
import { createHostsAgain, type HostsAgain, type HostTrace } from './hosts-again.ts';
import { notAScan } from './not-a-scan.ts';
import { openFile } from './open-file.ts';
import { type HostSketch, type Survey, surveyFile } from './survey.ts';

/** How a file is to be seen. */
export interface FileViewOptions {
  /** What it is called for people; its path as given when left out. */
  readonly title?: string;
  /** Addresses the user says were scanned, when the file does not tell. */
  readonly covers?: readonly AddressRange[];
  /** Stands in for the time of the scan when the file does not tell. */
  readonly now: Instant;
}

/**
 * The network as a file of nmap's XML has it; "-" is what is piped in. The file is read to its end now, and keeps open:
 * its hosts are read again when they are asked for, so that a file of any size takes little memory. Several hosts with
 * one MAC, or nameless ones at one address, are one device. A file that is cut off or that says its scan failed is
 * partial, and covers only the hosts in it. Throws a Fault for what is no nmap XML, and from `read` when the file was
 * changed in the meantime.
 */
export async function openFileView(path: string, options: FileViewOptions): Promise<View> {
  const title = options.title ?? (path === '-' ? 'stdin' : path);
  const file = openFile(path, title);
  try {
    return viewOfSurvey(file, await surveyFile(file, title), { ...options, title });
  } catch (fault) {
    file.close();
    throw fault;
  }
}

function viewOfSurvey(file: SeekableFile, survey: Survey, options: FileViewOptions & { readonly title: string }): View {
  const claims = survey.claims.claims(survey.ending);
  if (claims === null) throw notAScan(file, options.title, survey.ending);
  const frame = frameOf(survey, claims, options);
  return viewOfDevices(frame, devicesOf(survey.hosts, frame.coverage), createHostsAgain(file, options.title, frame.at ?? options.now));
}

interface FileDevices {
  readonly entries: readonly ViewEntry[];
  /** The hosts of each entry. */
  readonly traces: readonly (readonly HostTrace[])[];
}

/** Apart from the survey, of which nothing is needed any more. */
function viewOfDevices(frame: ViewFrame, { entries, traces }: FileDevices, again: HostsAgain): View {
  return {
    ...frame,
    entries,
    read: (entry) => viewDeviceOf((traces[entry] as readonly HostTrace[]).flatMap(again.read), frame.coverage, entry),
    close: again.close,
  };
}

function devicesOf(hosts: readonly HostSketch[], { ports }: Coverage): FileDevices {
  const groups = sameDevices(hosts).map((places) => places.map((place) => hosts[place] as HostSketch));
  const asked = askedFingerprint(ports);
  return {
    entries: groups.map((sketches) => entryOfSketches(sketches, asked)),
    traces: groups.map((sketches) => sketches.map(traceOf)),
  };
}

/** What is still needed once the entries are made. */
const traceOf = ({ offset, length, fingerprint, scanProtocol }: HostSketch): HostTrace => ({ offset, length, fingerprint, scanProtocol });

function entryOfSketches(sketches: readonly HostSketch[], asked: string): ViewEntry {
  const sights = sketches.flatMap(({ addresses, mac, names }) => addresses.map((address) => ({ address, mac, names })));
  const fingerprints = sketches.map(({ fingerprint }) => fingerprint);
  const { device, macs, addresses, names, fingerprint } = entryOf(sights, deviceFingerprint(fingerprints, asked));
  // Copies take just the room they need; there may be a hundred thousand of them.
  return { device, macs: macs.slice(), addresses: addresses.slice(), names: names.slice(), fingerprint };
}

function frameOf(survey: Survey, claims: ScanClaims, options: FileViewOptions & { readonly title: string }): ViewFrame {
  const { header } = survey.claims;
  const judgement = judgeScan(claims, survey.answers, options.covers ?? null);
  return {
    source: 'file',
    title: options.title,
    at: instantOf(survey.ending.finished?.time ?? header?.start ?? null),
    partial: judgement.cause?.text ?? null,
    coverage: judgement.outcome === 'failed' ? coverageOfPart(claims, survey) : judgement.coverage,
    scriptChoice: chosenScripts(header?.args ?? null, survey.scripts),
    warnings: [...judgement.warnings, ...warningsOf(survey)],
  };
}

/** A failed scan proves what it found before; what it did not find it may have failed to see. */
function coverageOfPart(claims: ScanClaims, { answers }: Survey): Coverage {
  return coverageOfSeen(claims.ending.kind === 'failed' ? { ...claims, absent: [] } : claims, answers);
}

/** Latest moment a date can be, in seconds. */
const LATEST = 8_640_000_000_000;

const instantOf = (seconds: number | null): Instant | null => (seconds === null || seconds > LATEST ? null : Math.trunc(seconds * 1000));

function warningsOf({ answers, nowhere }: Survey): string[] {
  const silent = answers.silentHosts;
  const quiet =
    silent === 0 ? [] : [`${count(silent, 'host')} answered nothing, not even that they are there (-Pn): they count as unknown`];
  return nowhere === 0 ? quiet : [...quiet, `left out ${count(nowhere, 'host')} without an address that is one`];
}

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
