// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type Responder, startResponder, type VirtualHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from './program.ts';

const OPEN = [21, 22, 25, 80, 110, 143, 443, 445, 3389, 8080];
const hostAt = (place: number): VirtualHost => ({ address: `10.77.0.${place}`, mac: `02:00:5e:00:54:0${place - 100}`, open: OPEN });

describe('R36: a network that loses what is sent', needs('nmap', 'netns', 'python3', 'arp-scan'), () => {
  let lan: Lan;
  let ghosts: Responder;
  let program: Program;
  before(async () => {
    lan = await createLan({ hosts: 1 });
    ghosts = await startResponder(lan, { hosts: [hostAt(101), hostAt(102), hostAt(103)] });
    const config = '[self]\nwatch = false\n';
    program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  });
  after(async () => {
    await program?.end();
    await ghosts?.stop();
    await lan?.stop();
  });

  const look = (): Promise<{ scan: { outcome: string }; changes: { kind: string; after: { port?: number } }[] }> =>
    program.json('scan', '10.77.0.101-103', '--plan', 'ports', '--ports', 'top 100');

  test('whose ports are known', async () => {
    assert.equal((await look()).scan.outcome, 'complete');
    const devices: { ports: { port: number; state: string }[] }[] = await program.json('devices');
    assert.deepEqual(
      devices.map(({ ports }) => ports.filter(({ state }) => state === 'open').map(({ port }) => port)),
      [OPEN, OPEN, OPEN],
    );
  });

  test('30 % of all answers lost: no port of a host that answers is said to have closed', async () => {
    for (const seed of [1, 2, 3]) {
      await ghosts.turn({ loss: 0.3, seed });
      const { scan, changes } = await look();
      assert.equal(scan.outcome, 'complete');
      assert.deepEqual(
        changes.filter(({ kind }) => kind === 'port.closed'),
        [],
        `seed ${seed}`,
      );
    }
  });

  test('switched off, they are silent: that is their presence, and not thousands of closed ports', async () => {
    await ghosts.turn({ loss: 1 });
    const { changes } = await look();
    assert.deepEqual(
      changes.filter(({ kind }) => kind.startsWith('port')),
      [],
    );
    await ghosts.turn({ loss: 0 });
    const again = await look();
    assert.deepEqual(
      again.changes.filter(({ kind }) => kind === 'port.closed'),
      [],
    );
    const devices: { ports: { port: number; state: string }[] }[] = await program.json('devices');
    for (const { ports } of devices)
      assert.deepEqual(
        ports.filter(({ state }) => state === 'open').map(({ port }) => port),
        OPEN,
      );
  });
});
