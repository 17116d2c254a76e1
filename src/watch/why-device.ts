import {
  type Device,
  deviceFromFacts,
  type FactKind,
  identityText,
  type Scan,
  type ScanId,
  type Span,
  servingFromFact,
} from '../core/index.ts';
import type { WhyDevice, WhyStep } from './why-asked.ts';
import { scansOf, step } from './why-steps.ts';
import { coverageStep, silenceStep, toleranceStep } from './why-tolerance.ts';
import type { Wired } from './wire.ts';

/** Most facts told of in one answer. */
const MOST_FACTS = 1000;

/** What is believed of a device, since when and by which scan; with `all` also what was believed once. `device` as judged. */
export async function whyDevice(wired: Wired, device: Device, all: boolean): Promise<WhyDevice> {
  const spans = await wired.outside.store.spansOf(device.id);
  const open = spans.filter(({ to }) => to === null);
  const told = sorted(all ? spans : open);
  const scans = await scansOf(
    wired,
    told.flatMap(({ openedBy, closedBy }) => (closedBy === null ? [openedBy] : [openedBy, closedBy])),
  );
  const shown = told.filter(({ kind }) => kind !== 'told' && (kind !== 'presence' || all)).slice(0, MOST_FACTS);
  const cut = told.length > MOST_FACTS ? [step('lost', `${told.length - MOST_FACTS} more facts, which are not shown`)] : [];
  return {
    device,
    steps: [...presenceSteps(wired, { device, open, scans }), ...shown.map((span) => beliefStep(span, { scans, device })), ...cut],
  };
}

const ORDER: readonly FactKind[] = ['presence', 'mac', 'address', 'name', 'port', 'asked', 'os', 'clue', 'label', 'rhythm', 'merged'];

const sorted = (spans: readonly Span[]): readonly Span[] =>
  [...spans].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.from - b.from || (a.key < b.key ? -1 : 1));

interface State {
  readonly device: Device;
  readonly open: readonly Span[];
  readonly scans: ReadonlyMap<ScanId, Scan>;
}

function presenceSteps(wired: Wired, { device, open, scans }: State): WhyStep[] {
  const span = open.find(({ kind }) => kind === 'presence');
  const scan = span ? (scans.get(span.openedBy) ?? null) : null;
  const now = wired.outside.clock.now();
  const tolerance = toleranceStep(wired, device);
  if (device.presence === 'present') {
    const since = span ? [step('belief', `present${by(span.openedBy, scan)}`, { at: span.from, scan })] : [];
    return [...since, step('belief', 'last seen', { at: device.lastSeen }), tolerance];
  }
  if (device.presence === 'unknown') {
    return [
      step('belief', 'unknown: no look that covers it has told of it for too long', { scan }),
      silenceStep(device.lastSeen, now),
      tolerance,
    ];
  }
  const missed = scan ? coverageStep(scan, device) : step('lost', `scan ${span?.openedBy} that missed it is not kept any more`);
  const away = step('belief', `away${by(span?.openedBy ?? 0, scan)}`, { at: span?.from ?? null, scan });
  return [away, missed, silenceStep(device.lastSeen, span?.from ?? now), tolerance];
}

function beliefStep(span: Span, { scans, device }: Pick<State, 'scans' | 'device'>): WhyStep {
  const scan = scans.get(span.openedBy) ?? null;
  const open = span.to === null && span.kind === 'address';
  const lastSeen = (open && device.addresses.find(({ address }) => address === span.key)?.seenAt) || null;
  return step('belief', `${factText(span)}${by(span.openedBy, scan)}`, { at: span.from, until: span.to, lastSeen, scan });
}

/** "by scan 31 (sweep of 10.0.0.0/24, nmap 7.93)". */
function by(id: ScanId, scan: Scan | null): string {
  if (scan === null) return ` by scan ${id}, which is not kept any more`;
  if (scan.plan === 'edit') return `, as somebody said (${scan.subject})`;
  const tool = scan.tool === null ? '' : `, ${scan.tool.name} ${scan.tool.version}`.trimEnd();
  return ` by scan ${id} (${scan.plan} of ${scan.subject}${tool})`;
}

const NOBODY = { id: 0, site: '', firstSeen: 0, lastSeen: 0 };

/** A fact in words. */
function factText(span: Span): string {
  const { kind, key, value } = span;
  const { presence, ports, labels } = deviceFromFacts(NOBODY, [span], () => undefined);
  const [port] = ports;
  const service = [port?.service?.name, port?.service?.product, port?.service?.version].filter(Boolean).join(' ');
  const texts: Readonly<Record<FactKind, string>> = {
    presence,
    mac: `hardware address ${key}${value === '' ? '' : ` (${value})`}`,
    address: `address ${key}`,
    name: `name ${key} (${value})`,
    port: `port ${key} ${port?.state ?? ''}${service === '' ? '' : ` ${service}`}`,
    asked: `asked ${key} ports ${value}`,
    os: `system ${value}`,
    clue: `clue ${key}`,
    label: `label ${labelText(span, labels.groups, labels.tags)}`,
    rhythm: `rhythm: silences by length ${value}`,
    merged: `is part of #${value}`,
    serving: `port ${key} shows ${kind === 'serving' ? identityText(servingFromFact(span)) : ''}`,
    told: `what was told of port ${key}`,
  };
  return texts[kind];
}

function labelText({ key, value }: Span, groups: readonly string[], tags: readonly string[]): string {
  if (groups[0] !== undefined) return `group ${groups[0]}`;
  if (tags[0] !== undefined) return `tag ${tags[0]}`;
  if (key === 'harmed') return `harmed: it fell silent under scan ${value}, and is left alone until "rollcall device release"`;
  if (key.startsWith('distinct:')) return `is not #${key.slice('distinct:'.length)}`;
  return `${key} ${value}`;
}
