/** What is kept of the page of devices, in a real browser: views, and tables that go out and come in. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { inaccessible, type Look } from './browser.ts';
import { manyHosts } from './many-devices.ts';
import { openStand, type Stand } from './stand.ts';

/** Writes a filter and puts the choices away that would cover the table. */
async function filter(page: Page, text: string): Promise<void> {
  await page.getByLabel('Filter', { exact: true }).fill(text);
  await page.keyboard.press('Escape');
}
const found = async (page: Page): Promise<number> => Number(await page.locator('[data-found]').getAttribute('data-found'));

describe('what is kept of the page of devices', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand();
    const fed = await stand.program.feed(manyHosts(300), 'ingest', '--at', new Date().toISOString());
    assert.equal(fed.code, 0, fed.stderr);
    look = await stand.look('/devices');
    await until('all to be listed', async () => (await found(look.page)) >= 300);
  });
  after(() => stand?.close());

  const device = (reference: string): Promise<any> => stand.program.json('device', reference).then((answer) => answer.device ?? answer);

  test('a view is saved, picked, opened with the page, dropped, and taken back', async () => {
    const { page } = look;
    const views = page.getByRole('button', { name: 'Views', exact: true });
    await page.goto(`${stand.url}/devices?filter=reolink&sort=-name`);
    await until('those to be listed', async () => (await found(page)) === 75);
    await views.click();
    await page.getByLabel('What to call it').fill('cameras <b>');
    await page.getByRole('button', { name: 'Save this view' }).click();
    const saved = page.locator('[data-view]');
    await saved.getByRole('button', { name: 'Open this page with it: cameras <b>' }).click();
    await saved.getByText('opens with the page').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${stand.url}/devices`);
    await page.waitForURL(/filter=reolink/);
    await until('the view to be picked', async () => (await found(page)) === 75);
    assert.equal(await page.getByRole('columnheader', { name: 'Device' }).getAttribute('aria-sort'), 'descending');
    await views.click();
    await page.getByRole('button', { name: 'All devices', exact: true }).click();
    await until('all to be listed', async () => (await found(page)) >= 300);
    await views.click();
    await page.getByRole('button', { name: 'Drop the view cameras <b>' }).click();
    await page.getByText('No view is saved yet.').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await saved.waitFor();
    await page.keyboard.press('Escape');
  });

  test('a table goes out, and comes in again with what it changes shown first', async () => {
    const { page } = look;
    await filter(page, 'host-8');
    await until('those to be listed', async () => (await found(page)) === 11);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click();
    const file = await coming;
    assert.match(file.suggestedFilename(), /\.csv$/);
    const text = await readFile(await file.path(), 'utf8');
    assert.equal(text.trim().split('\r\n').length, 12);
    await page.getByRole('button', { name: 'Import' }).click();
    const pane = page.getByRole('dialog');
    const { id } = await device('host-8');
    const choose = async (table: string): Promise<void> => {
      await pane.locator('input[type=file]').setInputFiles({ name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await pane.getByRole('button', { name: 'Show what would change' }).click();
    };
    await choose(`id,owner\r\n${id},Ada\r\n999999,Bea\r\n`);
    await pane.locator('[data-refused="1"]').waitFor();
    assert.equal(await pane.getByRole('button', { name: 'Take it in' }).isDisabled(), true);
    await choose(`id,owner\r\n${id},Ada\r\n`);
    await pane.locator('[data-imported="1"][data-refused="0"]').waitFor();
    assert.equal((await device('host-8')).owner, null, 'a dry run changes nothing');
    assert.deepEqual(await inaccessible(page), []);
    await pane.getByRole('button', { name: 'Take it in' }).click();
    await pane.waitFor({ state: 'hidden' });
    await until('it to be taken in', async () => (await device('host-8')).owner === 'Ada');
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('it to be taken back', async () => (await device('host-8')).owner === null);
    await filter(page, '');
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  test('the page breaks none of its own rules', () => assert.deepEqual(look.faults, []));
});
