/** Changes in a real browser: the stream, how it was, and two moments side by side; of a past that reports tell. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { portXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { HOUR, NAS, PRINTER_NOW, reportAt, tell, tellPast } from './past.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;

describe('changes', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand({ past: (program) => tellPast(program, NOW) });
    look = await stand.look('/changes');
  });
  after(() => stand?.close());

  const rows = () => look.page.locator('li[data-seq]');
  const counts = async (): Promise<(string | null)[]> =>
    Promise.all(['present', 'away', 'unknown'].map((presence) => look.page.locator(`[data-then=${presence}]`).textContent()));
  const atMoment = (at: string) => look.page.locator(`[data-at="${at}"]`).waitFor();

  test('the stream has the newest first', async () => {
    await rows().first().waitFor();
    const seqs = await rows().evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-seq'))));
    assert.ok(seqs.length >= 5, `${seqs.length} rows`);
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => b - a),
    );
  });

  test('names of the network are shown, and are no markup (S5)', async () => {
    const hostile = rows().filter({ hasText: '<script>document.title=2</script>' });
    await hostile.first().waitFor();
    assert.equal(await look.page.locator('main img').count(), 0);
    assert.match(await look.page.title(), /^Changes/);
  });

  test('an open incident is noted from the row of its change, and that is taken back', async () => {
    const { page } = look;
    const noted = async (): Promise<number> => {
      const answer = await look.context.request.get(`${stand.url}/api/v1/incidents?over=yes`);
      return ((await answer.json()) as { acknowledged: unknown }[]).filter(({ acknowledged }) => acknowledged !== null).length;
    };
    await page
      .getByRole('button', { name: /^Take note: <img/ })
      .first()
      .click();
    await until('the incident to be noted', async () => (await noted()) === 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the incident to be open again', async () => (await noted()) === 0);
  });

  test('what comes is announced, and moves nothing that is read until it is asked for', async () => {
    const { page } = look;
    const first = await rows().first().getAttribute('data-seq');
    await tell(stand.program, reportAt(Date.now() - 10_000, { hosts: [{ ...NAS, ports: portXml(80, 'closed') }, PRINTER_NOW] }));
    const news = page.getByRole('button', { name: /^Show \d+ new change/ });
    await news.waitFor();
    assert.equal(await rows().first().getAttribute('data-seq'), first);
    await news.click();
    await until('the new ones to be shown', async () => Number(await rows().first().getAttribute('data-seq')) > Number(first));
    await news.waitFor({ state: 'hidden' });
  });

  test('families and a filter of devices leave the rest out, and stand in the address', async () => {
    const { page } = look;
    await page.getByRole('group', { name: 'Kinds of changes' }).getByText('Ports', { exact: true }).click();
    await page.getByLabel('Only of devices').fill('name:printer.lan');
    await until('only ports of the printer', async () => {
      const texts = await rows().allTextContents();
      return texts.length > 0 && texts.every((text) => /printer\.lan (opened|closed) a port/.test(text));
    });
    assert.match(page.url(), /family=ports/);
    assert.match(page.url(), /filter=name/);
  });

  test('a service is approved from its row, and that is taken back', async () => {
    const { page } = look;
    const approvals = async (): Promise<unknown[]> => {
      const answer = await look.context.request.get(`${stand.url}/api/v1/approvals`);
      return ((await answer.json()) as { port?: string; inForce: boolean }[]).filter(({ port, inForce }) => inForce && port === '23/tcp');
    };
    await page
      .getByRole('button', { name: /^Approve 23\/tcp/ })
      .first()
      .click();
    await page.getByText('approved', { exact: true }).waitFor();
    assert.equal((await approvals()).length, 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the approval to be gone', async () => (await approvals()).length === 0);
  });

  test('why a change was told is shown step by step', async () => {
    const { page } = look;
    await page
      .getByRole('button', { name: /^Why\?/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('scan', { exact: true }).first().waitFor();
    await drawer.getByText('Who heard of it').waitFor();
    assert.match(page.url(), /why=\d+/);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`the stream is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('the slider goes by keys: minutes, hours, days, changes, and back to now', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'As it was' }).click();
    const slider = page.getByRole('slider', { name: 'Moment' });
    await slider.waitFor();
    await slider.focus();
    const value = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
    const end = await value();
    for (const [key, step] of [
      ['PageDown', -24 * HOUR],
      ['ArrowDown', -HOUR],
      ['ArrowLeft', -60_000],
      ['ArrowRight', 60_000],
      ['ArrowUp', HOUR],
    ] as const) {
      const was = await value();
      await page.keyboard.press(key);
      await until(`${key} to move the slider`, async () => (await value()) === was + step);
    }
    await page.keyboard.press('p');
    await until('the change before', async () => (await value()) < end - 40 * HOUR);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await until('now', async () => (await value()) >= end);
  });

  test('the network is shown as it was: who was there, and not who came later', async () => {
    const { page } = look;
    const moment = new Date(NOW - 60 * HOUR).toISOString();
    await page.goto(`${stand.url}/changes?view=past&at=${moment}`);
    await atMoment(moment);
    const there = await page.locator('[data-roll] li').allTextContents();
    assert.ok(there.some((text) => text.includes('printer.lan') && text.includes('22/tcp') && !text.includes('23/tcp')));
    assert.ok(!there.some((text) => text.includes('<img')));
    assert.equal(there.length, 2);
    const told = await stand.program.json('devices', '--at', moment);
    const expected = ['present', 'away', 'unknown'].map(
      (presence) => `${(told as { presence: string }[]).filter((device) => device.presence === presence).length}`,
    );
    assert.deepEqual(await counts(), expected);
    await page.getByLabel('How far the line reaches').getByText('7 d').click();
    assert.ok(Number(await page.locator('svg[data-total]').getAttribute('data-total')) > 5);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`the slider is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('two moments side by side say what differs, and what nobody asked is unknown', async () => {
    const { page } = look;
    const [a, b] = [60, 24].map((hours) => `@${new Date(NOW - hours * HOUR).toISOString()}`);
    await page.goto(`${stand.url}/changes?view=compare&a=${a}&b=${b}`);
    await page.locator('[data-sum="1"]').waitFor();
    const opened = page.locator('[data-kind="port.opened"]');
    assert.match((await opened.textContent()) ?? '', /23\/tcp/);
    assert.match((await page.locator('[data-kind="service.changed"]').textContent()) ?? '', /OpenSSH 9\.2.*OpenSSH 9\.6/);
    await tell(
      stand.program,
      reportAt(Date.now() - 10_000, { args: 'nmap -n -p80 10.0.0.2', services: '80', total: 1, hosts: [{ ...NAS, ports: portXml(80) }] }),
    );
    const scans = (await stand.program.json('scans')) as { id: number; startedAt: string }[];
    const [newest, oldest] = [scans[0], scans.find(({ startedAt }) => Date.parse(startedAt) < NOW - 70 * HOUR)];
    await page.goto(`${stand.url}/changes?view=compare&a=${oldest?.id}&b=${newest?.id}`);
    await page.locator('[data-unknown]').first().waitFor();
    assert.equal(await page.locator('[data-kind="device.left"]').count(), 0, 'nobody asked for the printer');
  });

  test('names of the network are no markup where they differ either (S5)', async () => {
    const { page } = look;
    const [a, b] = [24, 1].map((hours) => `@${new Date(NOW - hours * HOUR).toISOString()}`);
    await page.goto(`${stand.url}/changes?view=compare&a=${a}&b=${b}`);
    await page
      .locator('[data-differing]')
      .getByText(/<script>document\.title=2<\/script>/)
      .first()
      .waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    assert.match(await page.title(), /^Changes/);
  });

  test('a side is chosen by name, and one that cannot be is told', async () => {
    const { page } = look;
    await page.getByRole('combobox', { name: 'Left' }).selectOption('baseline');
    await page
      .getByRole('alert')
      .filter({ hasText: /baseline/ })
      .waitFor();
    await page.getByRole('combobox', { name: 'Left' }).selectOption('yesterday');
    await page.getByRole('combobox', { name: 'Right' }).selectOption('now');
    await page.locator('[data-sum]').waitFor();
    assert.match(page.url(), /a=%40yesterday/);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`a comparison is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('on a phone nothing is pushed sideways', async () => {
    for (const view of ['stream', 'past', 'compare']) {
      const phone = await stand.look(`/changes?view=${view}`, PHONE);
      await phone.page.getByRole('heading', { level: 1 }).waitFor();
      await phone.page.locator('li').first().waitFor();
      assert.equal(await isTooWide(phone), false, view);
      assert.deepEqual(phone.faults, []);
      await phone.close();
    }
  });

  test('breaks none of its own rules, and asks nobody else', () => {
    assert.deepEqual(
      look.faults.filter((fault) => !/status of 4/.test(fault)),
      [],
    );
  });
});
