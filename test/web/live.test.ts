/** One stream: what is shown is what is, a break is told and made good, and nothing is told twice. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import type { Look } from './browser.ts';
import { type Cable, layCable } from './cut.ts';
import { openStand, type Stand } from './stand.ts';

/** nmap's text about these hosts of 10.9.0.0/24. */
const report = (...hosts: readonly number[]): string =>
  [
    'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC',
    ...hosts.map((host) => `Nmap scan report for 10.9.0.${host}\nHost is up (0.001s latency).`),
    `Nmap done: 256 IP addresses (${hosts.length} hosts up) scanned in 2.05 seconds\n`,
  ].join('\n');

describe('the live page', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let cable: Cable;
  let look: Look;
  before(async () => {
    stand = await openStand({ config: '[self]\nwatch = false\n[listen]\nenabled = false\n' });
    cable = await layCable(stand.program.port);
    look = await stand.look('/', { origin: `http://127.0.0.1:${cable.port}` });
    await badge('Live').waitFor();
  });
  after(async () => {
    cable?.close();
    await stand?.close();
  });

  const badge = (text: string) => look.page.getByRole('status').filter({ hasText: text });
  const feed = (): Promise<number[]> =>
    look.page.locator('[data-feed] [data-seq]').evaluateAll((lines) => lines.map((line) => Number((line as any).dataset.seq)));
  const saw = async (...hosts: readonly number[]): Promise<void> => {
    const { code, stderr } = await stand.program.feed(report(...hosts), 'ingest');
    assert.equal(code, 0, stderr);
  };
  const here = (count: number) =>
    until(`${count} to be here`, async () => (await look.page.locator('[data-count=present]').textContent()) === String(count));

  test('shows who comes, without being asked', async () => {
    await saw(1, 2, 3);
    await here(3);
    assert.equal((await feed()).length, 3);
  });

  test('says that it is stale after five seconds of trouble, and not before', async () => {
    const cut = performance.now();
    cable.cut();
    await badge('Not live').waitFor();
    assert.ok(performance.now() - cut > 4500, 'it said so at once');
    await look.page.getByText(/Not live since/).waitFor();
  });

  test('makes good what it missed, in order, without a gap or a double', async () => {
    await saw(1, 2, 3, 4);
    await saw(1, 2, 3, 4, 5, 6);
    cable.mend();
    await badge('Live').waitFor();
    await here(6);
    const seqs = await feed();
    assert.deepEqual(
      seqs,
      [...new Set(seqs)].sort((a, b) => b - a),
    );
    assert.deepEqual([seqs.length, (seqs[0] ?? 0) - (seqs.at(-1) ?? 0)], [6, 5]);
    assert.equal(await look.page.getByText(/Not live since/).count(), 0);
  });

  test('goes on when the daemon was started anew', async () => {
    await stand.restart();
    await saw(1, 2, 3, 4, 5, 6, 7);
    await here(7);
    await badge('Live').waitFor();
    const seqs = await feed();
    assert.equal(new Set(seqs).size, seqs.length);
  });

  test('breaks none of its own rules, and asks nobody else', () => {
    const foreseen = /Failed to load resource: net::ERR_|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION/;
    assert.deepEqual(
      look.faults.filter((fault) => !foreseen.test(fault)),
      [],
    );
  });
});
