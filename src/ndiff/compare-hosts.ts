import { compareText } from './code-points.ts';
import { compareScripts } from './compare-scripts.ts';
import type { HostDiff, PortDiff } from './differences.ts';
import { matchingOpcodes, type Opcode } from './matcher.ts';
import type { NdiffHost, NdiffPort, NdiffService } from './scan.ts';

/** Two hosts with one identity. `verbose`: ports and scripts that are equal are taken in, and equal scripts even count. */
export function compareHosts(a: NdiffHost, b: NdiffHost, verbose: boolean): HostDiff {
  const differences = {
    stateDiffers: a.state !== b.state,
    identityDiffers: !sameAddresses(a, b) || !sameNames(a, b),
    extraportsDiffer: !sameExtraports(a, b),
    ports: comparePorts(a, b, verbose),
    os: matchingOpcodes(a.os, b.os),
    scripts: compareScripts(a.scripts, b.scripts, verbose),
  };
  return { a, b, verbose, ...differences, cost: costOf(differences) };
}

function costOf(diff: Pick<HostDiff, 'stateDiffers' | 'identityDiffers' | 'extraportsDiffer' | 'ports' | 'os' | 'scripts'>): number {
  const ports = diff.ports.reduce((sum, { cost }) => sum + cost, 0);
  const flags = Number(diff.stateDiffers) + Number(diff.identityDiffers) + Number(diff.extraportsDiffer);
  return flags + ports + diff.os.filter(isChange).length + diff.scripts.length;
}

export const isChange = ({ tag }: Opcode): boolean => tag !== 'equal';

function sameAddresses(a: NdiffHost, b: NdiffHost): boolean {
  return sameSet(
    a.addresses.map(({ type, text }) => `${type} ${text}`),
    b.addresses.map(({ type, text }) => `${type} ${text}`),
  );
}

const sameNames = (a: NdiffHost, b: NdiffHost): boolean => sameSet(a.hostnames, b.hostnames);

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).symmetricDifference(new Set(b)).size === 0;
}

/** Their order counts. */
function sameExtraports({ extraports: a }: NdiffHost, { extraports: b }: NdiffHost): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [state, count] of a) {
    const [otherState, otherCount] = others.next().value ?? [];
    if (state !== otherState || count !== otherCount) return false;
  }
  return true;
}

function comparePorts(a: NdiffHost, b: NdiffHost, verbose: boolean): PortDiff[] {
  const pairs: PortDiff[] = [];
  for (const key of new Set([...a.ports.keys(), ...b.ports.keys()])) {
    const [left, right] = [a.ports.get(key), b.ports.get(key)];
    const pair = { a: left ?? absent(right as NdiffPort), b: right ?? absent(left as NdiffPort) };
    if (isUnlisted(pair.a, a) && isUnlisted(pair.b, b)) continue;
    const diff = comparePort(pair, verbose);
    if (verbose || diff.cost > 0) pairs.push(diff);
  }
  return pairs.sort((left, right) => compareNumbers(left.a, right.a));
}

const NO_SERVICE: NdiffService = { name: null, product: null, version: null, extrainfo: null, tunnel: null };
const absent = ({ number, protocol }: NdiffPort): NdiffPort => ({ number, protocol, state: null, service: NO_SERVICE, scripts: [] });

/** Whether a port is one of those that a scan counts without telling them one by one. */
export function isUnlisted({ state }: NdiffPort, { extraports }: NdiffHost): boolean {
  return state === null || extraports.has(state);
}

function comparePort({ a, b }: Pick<PortDiff, 'a' | 'b'>, verbose: boolean): PortDiff {
  const scripts = compareScripts(a.scripts, b.scripts, verbose);
  return { a, b, scripts, cost: Number(a.state !== b.state) + Number(!sameService(a.service, b.service)) + scripts.length };
}

/** A tunnel makes no difference to Ndiff. */
export function sameService(a: NdiffService, b: NdiffService): boolean {
  return a.name === b.name && a.product === b.product && a.version === b.version && a.extrainfo === b.extrainfo;
}

/** Order of ports: by number, then protocol. */
export function compareNumbers(a: NdiffPort, b: NdiffPort): number {
  if (a.number === b.number) return compareText(a.protocol, b.protocol);
  return a.number < b.number ? -1 : 1;
}
