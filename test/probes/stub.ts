import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AddressRange,
  type LookNews,
  type LookOrder,
  orFault,
  PLANS,
  type Plan,
  parseTarget,
  type ScanReport,
} from '../../src/core/index.ts';
import { createNmapProber, type Machine } from '../../src/probes/index.ts';
import { fastClock } from './clocks.ts';
import { fakeMachine, LOOPBACK, link } from './fake-machine.ts';

/** A copy of a stub in a folder of its own, so that what it writes beside itself is this test's alone. */
export interface Stub {
  readonly path: string;
  /** What it wrote to "<itself>.<kind>"; undefined before it did. */
  wrote(kind: string): string | undefined;
  remove(): void;
}

export function stub(name: string): Stub {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const path = join(folder, name);
  copyFileSync(join(import.meta.dirname, 'stubs', name), path);
  chmodSync(path, 0o755);
  return {
    path,
    wrote: (kind) => (existsSync(`${path}.${kind}`) ? readFileSync(`${path}.${kind}`, 'utf8') : undefined),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function rangesOf(...texts: string[]): readonly AddressRange[] {
  return texts.flatMap((text) => {
    const spec = orFault(parseTarget(text));
    return spec.kind === 'ranges' ? spec.ranges : [];
  });
}

/** A machine in 10.77.0.0/24 and 10.78.0.0/24 that never changes. */
export const IN_TWO_NETWORKS = (): Machine =>
  fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24']), link('vb', ['10.78.0.1/24'])]] });

export interface StubLook {
  readonly targets?: readonly string[];
  readonly plan?: Partial<Plan>;
  readonly iface?: string;
  readonly machine?: Machine;
  readonly signal?: AbortSignal;
  readonly news?: (item: LookNews) => void;
  /** How much faster than real time the grace periods pass. */
  readonly speed?: number;
}

/** Looks with a stub instead of nmap. The usual target leaves our own 10.77.0.1 out: 255 addresses. */
export async function lookWith(tool: Stub, how: StubLook = {}): Promise<ScanReport> {
  const machine = how.machine ?? IN_TWO_NETWORKS();
  const prober = createNmapProber({ clock: fastClock(how.speed ?? 10), machine, nmapPath: tool.path });
  const order: LookOrder = {
    plan: { ...PLANS.sweep, ...how.plan },
    addresses: rangesOf(...(how.targets ?? ['10.77.0.0', '10.77.0.2-10.77.0.255'])),
    iface: how.iface ?? null,
  };
  return prober.look(order, how.news ?? (() => {}), how.signal ?? new AbortController().signal);
}

/** Processes of this machine whose command line holds the text; a path that is this test's alone, or it finds foreign ones. */
export const processesWith = (path: string): number[] =>
  processesWhere((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path));

/** What lives in a process group. A tool of ours leads one by its own pid, and so do its children, whatever they are called. */
export function membersOf(group: number): number[] {
  return processesWhere((pid) => {
    const [state, , pgrp] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(pgrp) === group && state !== 'Z';
  });
}

function processesWhere(fits: (pid: number) => boolean): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return [];
    try {
      return fits(Number(entry)) ? [Number(entry)] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
