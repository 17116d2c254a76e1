import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { needs } from '../needs.ts';
import { comesTrue } from './clocks.ts';
import { startLooker } from './looker.ts';
import { processesWith, stub } from './stub.ts';

/** Spread over the time from the start of a look to well after nmap runs. */
const MOMENTS = [0, 5, 10, 20, 40, 80, 160, 320];

test('R13: kill -9 of the daemon at any moment leaves no nmap behind', needs('setpriv'), async () => {
  const tool = stub('forever');
  try {
    let running = 0;
    for (const moment of MOMENTS) {
      const looker = startLooker();
      // The first look ends at once: after it the process is warm, and the next one starts without delay.
      await looker.look({ targets: ['192.168.99.0/30'], plan: 'sweep', iface: 'no-such' });
      void looker.look({ targets: ['127.0.0.1'], plan: 'sweep', nmapPath: tool.path }).catch(() => {});
      await wait(moment);
      if (processesWith(tool.path).length > 0) running++;
      await looker.kill();
      assert.ok(await comesTrue(() => processesWith(tool.path).length === 0, 2000), `something is left after a kill at ${moment} ms`);
    }
    assert.ok(running > 0, 'in none of them was nmap running yet: the test shows nothing');
  } finally {
    tool.remove();
  }
});
