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
  const scripted = told.flatMap(({ kind, side, other }) =>
    kind === 'script.changed'
      ? sidesIn([side['port'] ?? other['port']])
      : kind in KEY_KINDS
        ? [{ protocol: side['protocol'], port: side['port'] }]
        : [],
  );
  // Scripts are only told of ports that are open on both sides; one that says more of itself comes later, and wins.
  return new Map([...scripted.map((port) => ({ ...port, state: 'open' })), ...stated].map((port) => [keyOf(port), portOf(port, told)]));
}

const PORT_KINDS = { 'port.opened': true, 'port.closed': true, 'port.filtered': true, 'service.changed': true } as const;

/** What scripts printed on a side, about this port or (null) the host, sorted as Ndiff sorts them. */
export function ndiffScripts(all: readonly Told[], key: string | null): NdiffScript[] {
  const told = all.map((one) => (one.kind in KEY_KINDS ? asScript(one) : one));
  return told
    .filter(({ kind, side }) => kind === 'script.changed' && typeof side['output'] === 'string' && scriptPlace(side) === key)
    .map(({ side }) => ({ id: visible(textOf(side['id'])), output: textOf(side['output']).split('\n').map(visible).join('\n') }))
    .sort((a, b) => compareText(a.id, b.id) || compareText(a.output, b.output));
}

const KEY_KINDS = { 'service.key-changed': true, 'certificate.renewed': true } as const;

/** To Ndiff, keys and certificates are what the scripts print that ask for them. */
function asScript({ side, other }: Told): Told {
  const port = { protocol: side['protocol'], port: side['port'] };
  if (!Array.isArray(side['sshKeys']))
    return { kind: 'script.changed', side: { port, id: 'ssl-cert', output: certificateLines(side['certificate']) }, other };
  const output = sidesIn(side['sshKeys']).map(({ type, hash }) => `${textOf(type)} ${textOf(hash)}`);
  return { kind: 'script.changed', side: { port, id: 'ssh-hostkey', output: output.join('\n') }, other };
}

function certificateLines(certificate: unknown): string {
  const { subject, issuer, notBefore, notAfter, sha256 } = isSide(certificate) ? certificate : {};
  const told = { Subject: subject, Issuer: issuer, 'Not valid before': notBefore, 'Not valid after': notAfter, 'SHA-256': sha256 };
  return Object.entries(told)
    .flatMap(([label, value]) => (textOf(value) === '' ? [] : [`${label}: ${textOf(value)}`]))
    .join('\n');
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
