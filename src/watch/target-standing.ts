import { type Network, rangesHold, type TargetSpec } from '../core/index.ts';

/** How a target lies to this machine: on it, in one of its networks, or beyond. */
export function standing(networks: readonly Network[], spec: TargetSpec): { readonly loopback: boolean; readonly attached: boolean } {
  const first = spec.kind === 'ranges' ? spec.ranges[0] : undefined;
  const network = first && networks.find(({ range }) => rangesHold([range], { family: first.family, value: first.first }));
  return { loopback: network?.loopback ?? false, attached: network !== undefined };
}
