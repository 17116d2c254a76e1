/** The map in a real browser: seen, walked by keys, collapsed when there is too much. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const EVIL = '<img src=x onerror=alert(1)>';

/** nmap's text about so many hosts of 10.9.0.0/16. */
const report = (count: number): string =>
  [
    'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC',
    ...Array.from({ length: count }, (_, i) => `Nmap scan report for 10.9.${i >> 8}.${i & 255}\nHost is up (0.001s latency).`),
    `Nmap done: 65536 IP addresses (${count} hosts up) scanned in 2.05 seconds\n`,
  ].join('\n');

describe('the map', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  const saw = async (count: number): Promise<void> => {
    const { code, stderr } = await stand.program.feed(report(count), 'ingest');
    assert.equal(code, 0, stderr);
  };
  const nodes = (kind: string) => look.page.locator(`[data-kind=${kind}]`);
  before(async () => {
    stand = await openStand({ config: '[self]\nwatch = false\n[listen]\nenabled = false\n' });
    await saw(12);
    for (const [device, group] of [
      ['1', 'iot'],
      ['2', 'iot'],
      ['3', EVIL],
    ] as const)
      assert.equal((await stand.program.run('group', 'add', group, device)).code, 0);
    look = await stand.look('/map', { reducedMotion: 'reduce' });
    await nodes('device').first().waitFor();
  });
  after(() => stand?.close());

  test('shows devices by what they belong to, and nothing a name holds is more than a name (S5)', async () => {
    assert.deepEqual([await nodes('device').count(), await nodes('group').count()], [12, 2]);
    assert.equal(await look.page.locator('img[src=x]').count(), 0);
    await look.page.getByRole('button', { name: `Group ${EVIL}: 1 of 1 here` }).waitFor();
  });

  test('is walked with the arrow keys, and tells what is chosen', async () => {
    const { page } = look;
    await page.getByRole('button', { name: /^Segment/ }).focus();
    const seen = new Set<string>();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowLeft', 'ArrowDown']) {
      await page.keyboard.press(key);
      seen.add(String(await page.evaluate("document.activeElement.getAttribute('data-node')")));
    }
    assert.ok(seen.size > 2, [...seen].join());
    await page.getByRole('button', { name: /Group iot/ }).focus();
    await page.keyboard.press('Enter');
    const told = page.getByRole('region', { name: 'What is chosen' });
    await told.getByRole('heading', { name: 'iot' }).waitFor();
    assert.equal(await told.getByRole('link').count(), 2);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('is not pushed sideways on a phone', async () => {
    const phone = await stand.look('/map', PHONE);
    await phone.page.locator('[data-kind=device]').first().waitFor();
    assert.equal(await isTooWide(phone), false);
    await phone.close();
  });

  test('collapses above five hundred devices', async () => {
    await saw(520);
    await look.page.getByText('There are more than 500 devices').waitFor();
    assert.equal(await nodes('device').count(), 0);
    await look.page.getByRole('button', { name: /Group others: 5\d\d of 5\d\d here/ }).waitFor();
  });

  test('breaks none of its own rules, and asks nobody else', () => assert.deepEqual(look.faults, []));
});
