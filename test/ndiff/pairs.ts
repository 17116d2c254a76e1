import { changeScan } from './change-scan.ts';
import { Draw } from './draw.ts';
import type { MadeHost, MadeScan, Temper } from './made-scan.ts';
import { makeScan } from './make-scan.ts';
import { writeScan } from './write-scan.ts';

/** Two documents to be compared. */
export interface Pair {
  readonly a: string | Uint8Array;
  readonly b: string | Uint8Array;
}

export const MODES = [[], ['-v'], ['--xml'], ['-v', '--xml']] as const;
export type Mode = (typeof MODES)[number];

/** The pair of a seed: always the same. Most are one network before and after, some are strangers to each other. */
export function pairOf(seed: number): Pair {
  const draw = new Draw(seed);
  const temper = temperOf(draw);
  const before = anchored(makeScan(draw, temper));
  const after = anchored(later(before, draw, temper));
  return { a: writeScan(before, new Draw(draw.seed())), b: writeScan(after, new Draw(draw.seed())) };
}

function temperOf(draw: Draw): Temper {
  const long = draw.happens(0.15);
  return {
    hosts: long ? draw.between(1, 4) : draw.pick([0, 1, 2, 3, 5, 8, 13, 21, draw.happens(0.1) ? 90 : 4]),
    odd: draw.pick([0, 0.05, 0.3]),
    sloppy: draw.pick([0, 0, 0.02, 0.08]),
    scripts: long ? 0.5 : draw.pick([0, 0.1, 0.4]),
    long,
  };
}

function later(before: MadeScan, draw: Draw, temper: Temper): MadeScan {
  const kind = draw.next();
  if (kind < 0.08) return before;
  if (kind < 0.16) return makeScan(draw, temper);
  return changeScan(before, draw, { temper, share: draw.pick([0.03, 0.1, 0.3, 0.3, 0.9]) });
}

/** Where no host at all has an address or a name, Ndiff orders them by chance: then one gets an address. */
function anchored(scan: MadeScan): MadeScan {
  const [first, ...rest] = scan.hosts;
  const known = ({ addresses, names }: MadeHost): boolean => addresses.some(({ addr }) => addr) || names.some(({ name }) => name);
  if (first === undefined || scan.hosts.some(known)) return scan;
  return { ...scan, hosts: [{ ...first, addresses: [{ addr: '10.0.0.1' }] }, ...rest] };
}
