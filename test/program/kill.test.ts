// Shares the machine: it measures nothing, and waits for a daemon that starts a hundred times.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { socketClient } from '../../src/cli/daemon/socket-client.ts';
import type { Change } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

const KILLS = 100;
/** The latest kill, in ms after the start: at least, and at most. On a busy machine the first round of scans takes longer. */
const [SHORTEST, LONGEST] = [1100, 2500];

const HOSTS = 40;
const TARGETS = HOSTS / 4;
/** Many small targets, so that something is always being scanned, and a tolerance of nothing, so that much changes. */
const config = (): string => {
  const targets = Array.from(
    { length: TARGETS },
    (_, i) => `[[target]]\ntarget = "10.77.0.${i * 4 + 1}-10.77.0.${i * 4 + 4}"\nplan = "sweep"\nevery = "10s"\n`,
  );
  return `[presence]\nwindow = "0s"\n[self]\nwatch = false\n${targets.join('')}`;
};

describe(`kill -9 at ${KILLS} random points while scanning (R13, R16)`, needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let program: Program;
  const disguises = new AbortController();
  before(async () => {
    lan = await createLan({ hosts: HOSTS });
    program = await newProgram({ config: config(), prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    void disguise(lan, disguises.signal);
  });
  after(async () => {
    disguises.abort();
    await program?.end();
    await lan?.stop();
  });

  test('loses no committed change, leaves no gap and no orphan, and the next start goes on', async (t) => {
    const latest = await beyondFirstRound(program);
    const waits = fc.sample(fc.integer({ min: 0, max: latest }), { numRuns: KILLS, seed: 20261121 });
    let told: readonly Change[] = [];
    let scans = 0;
    for (const wait of waits) {
      const daemon = await program.daemon();
      const heard = listenIn(program);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await daemon.stop('SIGKILL');
      await until('the orphans to be gone', () => nmapsOf(lan).length === 0, 2000);
      const store = await openStore({ kind: 'sqlite', path: join(program.data, 'rollcall.db') });
      try {
        assert.deepEqual(await store.check(), []);
        const kept = await store.changes({ limit: 1_000_000 });
        assert.deepEqual(
          kept.map(({ seq }) => seq),
          kept.map((_, i) => i + 1),
        );
        assert.deepEqual(kept.slice(0, told.length), told, 'what was committed before does not change');
        const lastHeard = Math.max(0, ...(await heard).map(({ seq }) => seq));
        assert.ok(kept.length >= lastHeard, `change ${lastHeard} was told but is not kept`);
        told = kept;
        scans = Math.max(scans, (await store.scans({ limit: 1 }))[0]?.id ?? 0);
      } finally {
        await store.close();
      }
    }
    t.diagnostic(`kills up to ${latest} ms after the start, ${told.length} changes, ${scans} scans`);
    assert.ok(told.length > KILLS, `only ${told.length} changes in ${KILLS} lives: nothing was put to the test`);
    assert.ok(scans > KILLS, `only ${scans} scans in ${KILLS} lives`);
  });
});

/** Kills fall between the first packet after the start and well beyond the first round of scans: until when that is here. */
async function beyondFirstRound(program: Program): Promise<number> {
  const daemon = await program.daemon();
  const began = performance.now();
  const { client } = socketClient(join(program.data, 'rollcall.sock'));
  const isOver = async (): Promise<boolean> => {
    const scans = await client.scans.list({ limit: 100 });
    return scans.filter(({ outcome }) => outcome !== null).length >= TARGETS;
  };
  await until('the first round of scans', isOver, 60_000);
  const took = performance.now() - began;
  await daemon.stop('SIGKILL');
  return Math.round(Math.min(Math.max(1.5 * took, SHORTEST), LONGEST));
}

/** Between two disguises, in ms: each takes two programs, and the machine is there for the daemon. */
const BREATH = 20;

/** Hosts make up new hardware addresses and take the old ones back, all the time: everybody answers at once, and much changes. */
async function disguise(lan: Lan, signal: AbortSignal): Promise<void> {
  const real = lan.hosts.map(({ mac }) => mac);
  for (let i = 0; !signal.aborted; i = (i + 1) % real.length) {
    const mac = real[i] as string;
    const host = lan.hosts[i] as LanHost;
    await lan.changeMac(host, host.mac === mac ? mac.replace(/^../, 'd2') : mac).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, BREATH));
  }
}

/** Collects the changes the daemon tells of until it dies. */
async function listenIn(program: Program): Promise<{ seq: number }[]> {
  const heard: { seq: number }[] = [];
  try {
    const { client } = socketClient(join(program.data, 'rollcall.sock'));
    for await (const item of await client.live()) if (item.kind === 'commit') heard.push(...item.changes);
  } catch {
    // it was killed: what was heard until then is what counts
  }
  return heard;
}

/** Processes called nmap in the probe's network namespace. */
function nmapsOf(lan: Lan): number[] {
  const inside = statSync(`/run/netns/${lan.probe.namespace}`).ino;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isNmapIn(pid, inside));
}

function isNmapIn(pid: number, namespace: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'nmap' && statSync(`/proc/${pid}/ns/net`).ino === namespace;
  } catch {
    return false; // it has just ended
  }
}
