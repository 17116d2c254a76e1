/** Scans in a real browser: looking now at the loopback, what came of it, and when what is watched is looked at. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { portXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { escaped, HOSTILE, NAS, reportAt, service, tell } from './past.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const CONFIG = '[[target]]\ntarget = "127.0.0.3"\n';
const SCRIPT = `<script id="http-title" output="${escaped(HOSTILE)}"/>`;

describe('scans', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand({
      config: CONFIG,
      past: (program) =>
        tell(
          program,
          reportAt(Date.now() - 3_600_000, {
            args: `nmap ${escaped(HOSTILE)} 10.0.0.0/28`,
            hosts: [{ ...NAS, ports: portXml(80, 'open', service('http', HOSTILE) + SCRIPT) }],
          }),
        ),
    });
    look = await stand.look('/scans');
  });
  after(() => stand?.close());

  const accessible = (what: string): void => {
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${what} is accessible, ${colorScheme}`, async () => {
        await drawIn(look.page, colorScheme);
        assert.deepEqual(await inaccessible(look.page), []);
      });
  };
  const schedules = async (): Promise<{ target: string; schedule: { plan: string; every: string | null; at: string | null }[] }[]> =>
    ((await stand.program.json('targets')) as { target: never }[]).map(({ target }) => target);

  test('a scan by hand is forecast, begun, and told with its outcome, coverage and command', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'Scan now' }).click();
    const begin = page.getByRole('button', { name: 'Scan now' });
    assert.equal(await begin.isDisabled(), true, 'nothing is named yet');
    await page.getByLabel('What to look at').fill('127.0.0.1');
    await page.getByLabel(/^Ports/).fill('1-5');
    await page.locator('[data-forecast=ports]').waitFor();
    assert.match((await page.locator('[data-forecast=ports]').textContent()) ?? '', /1 address, about \d+ packets/);
    await begin.click();
    await page.getByRole('heading', { level: 1, name: /^Scan \d+$/ }).waitFor();
    await page.getByText('complete', { exact: true }).waitFor();
    await page.getByText('Which ports are open').waitFor();
    assert.match((await page.getByRole('main').textContent()) ?? '', /127\.0\.0\.1.*tcp 1-5/);
    assert.match((await page.locator('pre').first().textContent()) ?? '', /nmap .*-p/);
  });

  test('its output is saved as the tool wrote it, and in other forms', async () => {
    const { page } = look;
    for (const [button, content] of [
      ["The tool's own output", /<nmaprun/],
      ['JSON', /"address"/],
      ['CSV', /127\.0\.0\.1/],
      ['nmap grepable', /Host: 127\.0\.0\.1/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('region', { name: 'As a file' }).getByRole('button', { name: button, exact: true }).click(),
      ]);
      assert.match(await readFile(await download.path(), 'utf8'), content, button);
    }
  });

  accessible('a scan');

  test('one that nobody may be asked for is refused with the reason (S3)', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/scans?view=start`);
    await page.getByLabel('What to look at').fill('198.51.100.0/24');
    await page.getByRole('alert').filter({ hasText: '198.51.100' }).first().waitFor();
  });

  accessible('the form');

  test('the history tells outcomes; commands and services of a report are text (S5)', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/scans`);
    await page.locator('[data-scan]').first().waitFor();
    const report = page.locator('[data-scan]').filter({ hasText: 'ingest' }).getByRole('link');
    await report.click();
    await page.getByRole('region', { name: 'The exact commands' }).waitFor();
    assert.match((await page.locator('pre').first().textContent()) ?? '', /<script>document\.title=2<\/script>/);
    await page.getByText('opened a port').or(page.getByText('appeared')).first().waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    assert.match(await page.title(), /^Scan \d+/);
  });

  test('only scans of one target are listed when one asks for it', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/scans`);
    await page.getByRole('combobox', { name: 'Only scans of' }).selectOption({ label: '127.0.0.3' });
    await until('only that target', async () => {
      const subjects = await page.locator('[data-scan] a').allTextContents();
      return subjects.length > 0 && subjects.every((text) => text.includes('127.0.0.3'));
    });
  });

  accessible('the history');

  test('one that is declared in the file is not edited here, and says why', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/scans?view=watched`);
    await page.getByText('It is declared in rollcall.toml: change it there.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Edit schedule: 127.0.0.3' }).count(), 0);
  });

  test('a schedule is judged while it is written, saved, and taken back', async () => {
    const { page } = look;
    const before = (await schedules()).find(({ target }) => target === '127.0.0.1')?.schedule;
    await page.getByRole('button', { name: 'Edit schedule: 127.0.0.1' }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Save' });
    const ports = dialog.getByRole('group', { name: 'ports' });
    await ports.getByLabel('When').selectOption('at');
    await ports.getByRole('textbox', { name: 'Cron line' }).fill('99 99 * * *');
    await ports.getByRole('alert').waitFor();
    await until('nothing unsound to be saved', () => save.isDisabled());
    await ports.getByRole('textbox', { name: 'Cron line' }).fill('15 4 * * *');
    await ports.getByLabel('Time zone').fill('Europe/Berlin');
    await ports
      .locator('[data-next]')
      .filter({ hasText: /04:15.*04:15.*04:15/ })
      .waitFor();
    await save.click();
    await dialog.waitFor({ state: 'hidden' });
    const now = (await schedules()).find(({ target }) => target === '127.0.0.1')?.schedule;
    assert.deepEqual(
      now?.filter(({ plan }) => plan === 'ports').map(({ at }) => at),
      ['15 4 * * *'],
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the old schedule', async () => {
      const again = (await schedules()).find(({ target }) => target === '127.0.0.1')?.schedule;
      return JSON.stringify(again) === JSON.stringify(before);
    });
  });

  test('a plan that stands twice is told in place', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Edit schedule: 127.0.0.1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add a plan' }).click();
    await dialog.getByLabel('Plan', { exact: true }).last().selectOption('ports');
    await dialog.getByText('A plan stands there twice').waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Save' }).isDisabled(), true);
    assert.deepEqual(await inaccessible(page), []);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  accessible('what is watched');

  test('a scan under way shows what it finds, and is stopped', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/scans`);
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    const answer = await look.context.request.post(`${stand.url}/api/v1/scans`, {
      data: { targets: ['127.0.0.0/20'], plan: 'ports', ports: '1-300' },
    });
    assert.equal(answer.status(), 200, await answer.text());
    const { scan } = (await answer.json()) as { scan: { id: number } };
    const running = page.locator(`[data-running="${scan.id}"]`);
    await running.waitFor();
    await running.locator('[data-found] li').first().waitFor();
    await running.getByRole('button', { name: /^Stop/ }).click();
    await running.waitFor({ state: 'detached' });
    await page.locator(`[data-scan="${scan.id}"]`).filter({ hasText: 'stopped' }).waitFor();
  });

  test('on a phone nothing is pushed sideways', async () => {
    for (const path of ['/scans', '/scans?view=watched', '/scans?view=start', '/scans/1']) {
      const phone = await stand.look(path, PHONE);
      await phone.page.getByRole('heading', { level: 2 }).first().waitFor();
      assert.equal(await isTooWide(phone), false, path);
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
