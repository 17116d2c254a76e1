import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../../test/watch/manual-clock.ts';
import { Fault } from '../core/index.ts';
import { openStore } from '../store/index.ts';
import { createTenancy, type Tenancy } from './lease.ts';

const store = await openStore({ kind: 'memory' });
const clock = new ManualClock(Date.UTC(2026, 0, 5));
const tenant = (id: string, patience?: number): Tenancy =>
  createTenancy({
    store,
    clock,
    holder: { id, pid: 4711, host: 'here', startedAt: 0 },
    isGone: () => false,
    ...(patience === undefined ? {} : { patience }),
  });

test('R30: who is not patient is refused at once; who is waits for its turn, and not for ever', async () => {
  const first = tenant('first');
  await first.get();
  await assert.rejects(
    tenant('second').get(),
    (fault) => fault instanceof Fault && fault.code === 'conflict' && /4711 on here/.test(fault.message),
  );

  const inVain = assert.rejects(tenant('third', 1000).get(), Fault);
  await clock.pass(1500);
  await inVain;

  const waiting = tenant('fourth', 3000);
  const lease = waiting.get();
  await clock.pass(1000);
  await first.close();
  await clock.pass(1000);
  assert.ok((await lease).fence > 0);
  await waiting.close();
});
