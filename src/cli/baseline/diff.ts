import type { DriftItemJson, DriftJson } from '../../contract/index.ts';
import { type Call, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import type { Output } from '../terminal/output.ts';
import { momentOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';

/** What differs from what was approved; silent when nothing does, as a job of cron should be. */
export async function diff(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { at, filter } = optionsOf(call, 'diff', ['at', 'filter']);
  const [target, ...others] = words;
  if (others.length > 0) throw wrongWords('baseline diff', words, 'diff [TARGET] [--at WHEN]');
  const question = {
    ...(target !== undefined && { target }),
    ...(at !== undefined && { at: momentOf(at, world.now()) }),
    ...(filter !== undefined && { filter: wholeFilter(filter, '--filter') }),
  };
  const drift = await withClient((client) => client.approvals.drift(question));
  if (out.options.json) out.json(drift);
  else printDrift(out, drift);
  return drift.items.length > 0 ? EXIT.found : EXIT.fine;
}

/** What stands above the items of each kind. */
const HEADINGS = {
  'service.unapproved': 'has had the following services added:',
  'service.missing': 'has had the following services removed:',
  'service.changed': 'has had the following services changed:',
  'service.forbidden': 'has the following services, which are forbidden:',
} as const;

function printDrift(out: Output, drift: DriftJson): void {
  const machines = Map.groupBy(drift.items, ({ device }) => device.id ?? machineText(device));
  for (const items of machines.values()) printMachine(out, items);
  if (!drift.begun && drift.items.length > 0)
    out.note('only policies were judged: no device is approved yet; approve all with "rollcall baseline make"');
  const blind = drift.unknown.some(({ port }) => port === null);
  if (out.options.verbose)
    for (const item of drift.unknown) out.note(`unknown: ${machineText(item.device)}${portText(item)}: ${item.reason}`);
  else if (blind || (drift.items.length > 0 && drift.unknown.length > 0)) out.note(unknownText(drift));
}

function printMachine(out: Output, items: readonly DriftItemJson[]): void {
  const [first] = items;
  if (!first) return;
  const machine = machineText(first.device);
  printPresence(out, machine, items);
  printServices(out, machine, items);
}

/** Items about the machine as a whole. */
function printPresence(out: Output, machine: string, items: readonly DriftItemJson[]): void {
  for (const { kind, found, reason } of items) {
    if (kind === 'device.unapproved') {
      out.line({ text: `The machine ${machine} has been added:`, tone: 'warn' });
      out.line(`  ${found ?? 'no open port is known'}    (${reason})`);
    }
    if (kind === 'device.missing') out.line({ text: `The machine ${machine} is missing:`, tone: 'bad' }, ` ${reason}`);
  }
}

function printServices(out: Output, machine: string, items: readonly DriftItemJson[]): void {
  for (const [kind, heading] of Object.entries(HEADINGS)) {
    const told = items.filter((item) => item.kind === kind);
    if (told.length === 0) continue;
    out.line({ text: `The machine ${machine} ${heading}`, tone: 'warn' });
    for (const item of told) out.line(serviceLine(item));
  }
}

/** "10.0.0.5 (nas)" */
function machineText({ id, name, addresses, macs }: DriftItemJson['device']): string {
  const place = addresses[0] ?? macs[0];
  if (place === undefined) return name ?? `#${id}`;
  return name === null ? place : `${place} (${name})`;
}

const portText = ({ port }: DriftItemJson): string => (port === null ? '' : ` ${port.port}/${port.protocol}`);

function serviceLine(item: DriftItemJson): string {
  const { kind, service, found, approved, reason } = item;
  const place = portText(item).trim();
  const known = service === '' || service === found ? '' : ` ${service}`;
  if (kind === 'service.changed') return `  ${place}${known}  ${approved} -> ${found}`;
  if (kind === 'service.missing') return `  ${place}${known}  ${approved ?? ''}    (${reason})`;
  return `  ${place}${known}  ${found ?? ''}    (${reason})`;
}

/** Devices nobody looked at make "no drift" worth less, so that it is said; what is unknown of single services only beside drift. */
function unknownText({ unknown }: DriftJson): string {
  const devices = unknown.filter(({ port }) => port === null).length;
  const services = unknown.length - devices;
  const parts = [devices > 0 ? counted(devices, 'device') : '', services > 0 ? counted(services, 'service') : ''].filter(
    (part) => part !== '',
  );
  return `cannot be said of ${parts.join(' and ')}; --verbose says why`;
}
