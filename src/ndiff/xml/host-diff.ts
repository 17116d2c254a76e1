import { compareText } from '../code-points.ts';
import { isChange } from '../compare-hosts.ts';
import type { HostDiff } from '../differences.ts';
import { compareAddresses } from '../identity.ts';
import type { Opcode } from '../matcher.ts';
import { element, onlyA, onlyB, unlessEmpty } from './element.ts';
import {
  addressElement,
  extraportsElements,
  hostnameElement,
  joined,
  osmatchElement,
  scriptElement,
  statusElement,
  wholeHost,
} from './parts.ts';
import { portDiff } from './port-diff.ts';
import { scriptDiffs } from './script-diffs.ts';

/** A pair of hosts. One without state counts as not there. */
export function hostDiff(diff: HostDiff): string {
  return element('hostdiff', {}, pairOf(diff));
}

function pairOf(diff: HostDiff): string {
  const { a, b } = diff;
  if (a.state !== null && b.state !== null) return element('host', {}, insideHost(diff));
  if (a.state !== null) return onlyA(wholeHost(a));
  return b.state === null ? '' : onlyB(wholeHost(b));
}

function insideHost(diff: HostDiff): string {
  return (
    statusDiff(diff) +
    addressDiffs(diff) +
    unlessEmpty('hostnames', hostnameDiffs(diff)) +
    portDiffs(diff) +
    osDiffs(diff) +
    hostScriptDiffs(diff)
  );
}

function statusDiff({ a, b, stateDiffers, verbose }: HostDiff): string {
  if (stateDiffers) return onlyA(statusElement(a.state)) + onlyB(statusElement(b.state));
  return verbose ? statusElement(a.state) : '';
}

function addressDiffs({ a, b }: HostDiff): string {
  const [ofA, ofB] = [a, b].map(({ addresses }) => addresses.toSorted(compareAddresses).map(addressElement));
  return threeParts(ofA ?? [], ofB ?? []);
}

function hostnameDiffs({ a, b }: HostDiff): string {
  const [ofA, ofB] = [a, b].map(({ hostnames }) => hostnames.toSorted(compareText).map(hostnameElement));
  return threeParts(ofA ?? [], ofB ?? []);
}

/** First what both have, then what only one has. */
function threeParts(a: readonly string[], b: readonly string[]): string {
  const [inA, inB] = [new Set(a), new Set(b)];
  const both = a.filter((one) => inB.has(one)).join('');
  const [gone, come] = [a.filter((one) => !inB.has(one)).join(''), b.filter((one) => !inA.has(one)).join('')];
  return both + unlessEmpty('a', gone) + unlessEmpty('b', come);
}

function portDiffs(diff: HostDiff): string {
  return unlessEmpty('ports', extraportsDiff(diff) + joined(diff.ports, portDiff));
}

/** Here, unlike in the cost, their order makes no difference. */
function extraportsDiff({ a, b }: HostDiff): string {
  const same = a.extraports.size === b.extraports.size && [...a.extraports].every(([state, count]) => b.extraports.get(state) === count);
  return same ? extraportsElements(a) : onlyA(extraportsElements(a)) + onlyB(extraportsElements(b));
}

function osDiffs({ a, b, os, verbose }: HostDiff): string {
  if (!verbose && !os.some(isChange)) return '';
  const part = ({ tag, aStart, aEnd, bStart, bEnd }: Opcode): string => {
    const [gone, come] = [joined(a.os.slice(aStart, aEnd), osmatchElement), joined(b.os.slice(bStart, bEnd), osmatchElement)];
    return tag === 'equal' ? gone : unlessEmpty('a', gone) + unlessEmpty('b', come);
  };
  return unlessEmpty('os', joined(os, part));
}

function hostScriptDiffs({ a, b, scripts }: HostDiff): string {
  if (scripts.length === 0) return '';
  if (b.scripts.length === 0) return onlyA(element('hostscript', {}, joined(a.scripts, scriptElement)));
  if (a.scripts.length === 0) return onlyB(element('hostscript', {}, joined(b.scripts, scriptElement)));
  return element('hostscript', {}, scriptDiffs(scripts));
}
