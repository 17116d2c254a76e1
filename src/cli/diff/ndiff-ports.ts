import type { DifferenceKind } from '../../core/index.ts';
import { compareText, type NdiffPort, type NdiffScript, type NdiffService } from '../../ndiff/index.ts';
import { visible } from '../terminal/visible.ts';

/** Either side of a difference. */
type Side = Readonly<Record<string, unknown>>;

/** A difference, seen from one of its sides. */
export interface Told {
  readonly kind: DifferenceKind;
  readonly side: Side;
  readonly other: Side;
}

export const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** The ports a side tells of, as Ndiff keeps them. */
export function ndiffPorts(told: readonly Told[]): ReadonlyMap<string, NdiffPort> {
  const stated = told.flatMap(({ kind, side }) => (kind === 'device.appeared' ? sidesIn(side['ports']) : kind in PORT_KINDS ? [side] : []));
  const scripted = told.flatMap(({ kind, side, other }) => (kind === 'script.changed' ? sidesIn([side['port'] ?? other['port']]) : []));
  // Scripts are only told of ports that are open on both sides; one that says more of itself comes later, and wins.
  return new Map([...scripted.map((port) => ({ ...port, state: 'open' })), ...stated].map((port) => [keyOf(port), portOf(port, told)]));
}

const PORT_KINDS = { 'port.opened': true, 'port.closed': true, 'port.filtered': true, 'service.changed': true } as const;

/** What scripts printed on a side, about this port or (null) the host, sorted as Ndiff sorts them. */
export function ndiffScripts(told: readonly Told[], key: string | null): NdiffScript[] {
  return told
    .filter(({ kind, side }) => kind === 'script.changed' && typeof side['output'] === 'string' && scriptPlace(side) === key)
    .map(({ side }) => ({ id: visible(textOf(side['id'])), output: textOf(side['output']).split('\n').map(visible).join('\n') }))
    .sort((a, b) => compareText(a.id, b.id) || compareText(a.output, b.output));
}

const scriptPlace = ({ port }: Side): string | null => (isSide(port) ? keyOf(port) : null);

const keyOf = ({ port, protocol }: Side): string => `${textOf(port)}/${textOf(protocol)}`;

function portOf(port: Side, told: readonly Told[]): NdiffPort {
  return {
    number: Number(port['port']),
    protocol: visible(textOf(port['protocol'])),
    state: visible(textOf(port['state'])) || null,
    service: serviceOf(isSide(port['service']) ? port['service'] : {}),
    scripts: ndiffScripts(told, keyOf(port)),
  };
}

function serviceOf({ name, product, version, extra, tunnel }: Side): NdiffService {
  const known = (value: unknown): string | null => visible(textOf(value)) || null;
  return { name: known(name), product: known(product), version: known(version), extrainfo: known(extra), tunnel: known(tunnel) };
}

const isSide = (value: unknown): value is Side => typeof value === 'object' && value !== null;

const sidesIn = (value: unknown): Side[] => (Array.isArray(value) ? value.filter(isSide) : []);
