import type { RowJson, TargetStatusJson } from '../../../../src/contract/index.ts';
import { type AddressRange, blockRange, parseAddress, rangesHold } from '../../../../src/core/index.ts';

/** A network that is watched, or that devices stand in though nobody watches it. */
export interface Segment {
  readonly id: string;
  /** "192.168.1.0/24" */
  readonly block: string;
  /** The device that leads out of it; null: not known. */
  readonly gateway: number | null;
  /** Nobody can see into it now. */
  readonly blind: boolean;
}

/** Of "192.168.1.0/24" or a single address; undefined: it is a name, or a range in other words. */
export function rangeOf(block: string): AddressRange | undefined {
  const [text = '', prefix] = block.split('/');
  const base = parseAddress(text);
  if (!base) return undefined;
  const bits = base.family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  return Number.isInteger(length) && length >= 0 && length <= bits ? blockRange(base, length) : undefined;
}

/** What is watched, as segments of the map; a router in it, by the word of a person or by guess, leads out. */
export function segmentsOf(targets: readonly TargetStatusJson[], rows: readonly RowJson[]): Segment[] {
  const routers = rows.filter(({ type }) => type === 'router');
  return targets.map(({ target, blind }) => {
    const range = rangeOf(target.target);
    const stands = ({ addresses }: RowJson): boolean => range !== undefined && addresses.some((address) => isIn(range, address));
    return { id: String(target.id), block: target.target, gateway: routers.find(stands)?.id ?? null, blind };
  });
}

function isIn(range: AddressRange, address: string): boolean {
  const value = parseAddress(address);
  return value !== undefined && rangesHold([range], value);
}
