import { sameService } from '../compare-hosts.ts';
import type { PortDiff } from '../differences.ts';
import { element, onlyA, onlyB } from './element.ts';
import { portElement, serviceElement, stateElement, wholePort } from './parts.ts';
import { scriptDiffs } from './script-diffs.ts';

/** A pair of ports. Once the state differs, each side is told whole. */
export function portDiff(diff: PortDiff): string {
  const { a, b, cost } = diff;
  if (cost === 0) return wholePort(a);
  return element('portdiff', {}, a.state === b.state ? insidePort(diff) : onlyA(wholePort(a)) + onlyB(wholePort(b)));
}

function insidePort({ a, b, scripts }: PortDiff): string {
  const service = sameService(a.service, b.service)
    ? serviceElement(a.service)
    : onlyA(serviceElement(a.service)) + onlyB(serviceElement(b.service));
  return portElement(a, stateElement(a.state) + service + scriptDiffs(scripts));
}
