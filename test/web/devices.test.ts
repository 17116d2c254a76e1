/** Devices in a real browser: found, sorted, arranged, and changed many at once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { manyHosts } from './many-devices.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

/** What a device may call itself: markup, text that runs backwards, more than anybody reads. */
const HOSTILE = ['<img src=x onerror=alert(1)>', 'abc\u202egpj.exe', 'x'.repeat(250), '"><script>alert(1)</script>'];
const called = (i: number): string => HOSTILE[i - 100] ?? `host-${i}`;

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
/** Writes a filter and puts the choices away that would cover the table. */
async function filter(page: Page, text: string): Promise<void> {
  await page.getByLabel('Filter', { exact: true }).fill(text);
  await page.keyboard.press('Escape');
}
const found = async (page: Page): Promise<number> => Number(await page.locator('[data-found]').getAttribute('data-found'));

describe('the page of devices', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand();
    const fed = await stand.program.feed(manyHosts(300, called), 'ingest', '--at', new Date().toISOString());
    assert.equal(fed.code, 0, fed.stderr);
    look = await stand.look('/devices');
    await until('all to be listed', async () => (await found(look.page)) >= 300);
  });
  after(() => stand?.close());

  const device = (reference: string): Promise<any> => stand.program.json('device', reference).then((answer) => answer.device ?? answer);

  test('only rows in sight are drawn, and the grid says how many there are', async () => {
    const { page } = look;
    const grid = page.getByRole('grid');
    assert.ok(Number(await grid.getAttribute('aria-rowcount')) >= 301);
    assert.ok((await page.locator('[data-device]').count()) < 60);
  });

  test('a filter finds, stands in the address, and says where it cannot be read', async () => {
    const { page } = look;
    const box = page.getByLabel('Filter', { exact: true });
    await box.fill('reolink port:80');
    await until('fewer to be listed', async () => (await found(page)) === 75);
    assert.equal(new URL(page.url()).searchParams.get('filter'), 'reolink port:80');
    await box.fill('reolink colour:red');
    const fault = page.locator('[data-fault]');
    await fault.waitFor();
    assert.equal(await fault.locator('mark').textContent(), 'colour:red');
    assert.equal(await found(page), 75, 'what was found before stays');
    await page.getByRole('button', { name: 'Clear the filter' }).first().click();
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  test('a filter is completed from the keyboard', async () => {
    const { page } = look;
    const box = page.getByLabel('Filter', { exact: true });
    await box.pressSequentially('ven');
    await page.getByRole('option', { name: /vendor:/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /Espressif/ }).waitFor();
    await page.keyboard.type('Esp');
    await page
      .locator('[role=listbox][aria-busy=false]')
      .getByRole('option', { name: /Espressif/ })
      .waitFor();
    await page
      .locator('[role=listbox]')
      .getByRole('option', { name: /Reolink/ })
      .waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await box.inputValue(), 'vendor:Espressif ');
    await until('those to be listed', async () => (await found(page)) === 75);
    await filter(page, '');
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  test('the head of a column sorts, and says so', async () => {
    const { page } = look;
    const head = page.getByRole('columnheader', { name: 'Device' });
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.equal(new URL(page.url()).searchParams.get('sort'), '-name');
    await head.getByRole('button').click();
    assert.equal(new URL(page.url()).search, '');
  });

  test('the keyboard moves, selects, and opens', async () => {
    const { page } = look;
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('End');
    const last = await grid.getAttribute('aria-activedescendant');
    await page.locator(`#${last}[data-active]`).waitFor();
    await page.keyboard.press('Home');
    const first = await grid.getAttribute('aria-activedescendant');
    assert.notEqual(first, last);
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.locator('[data-selected="2"]').waitFor();
    assert.equal(await page.locator(`#${first}`).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Escape');
    await page.locator('[data-selected]').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/devices\/\d+$/);
    await page.goBack();
    await until('all to be listed again', async () => (await found(page)) >= 300);
  });

  test('several are edited at once: what would change is shown, done, and taken back', async () => {
    const { page } = look;
    await filter(page, 'host-7');
    await until('those to be listed', async () => (await found(page)) === 11);
    await page.getByRole('checkbox', { name: 'Select all that are listed' }).check();
    await page.locator('[data-selected="11"]').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Owner').fill('Anna <b>');
    await drawer.getByLabel('Give tags').fill('ok, new');
    await drawer.getByRole('button', { name: 'Show what would change' }).click();
    await drawer.locator('[data-foreseen="11"]').waitFor();
    assert.equal((await device('host-7')).owner, null, 'a dry run changes nothing');
    await drawer.getByRole('button', { name: 'Change 11 devices' }).click();
    await drawer.waitFor({ state: 'hidden' });
    assert.deepEqual([(await device('host-7')).owner, (await device('host-77')).tags.toSorted()], ['Anna <b>', ['new', 'ok']]);
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
    await until('it to be taken back', async () => (await device('host-7')).owner === null && (await device('host-77')).tags.length === 0);
  });

  test('those selected are approved, with what it comes to shown first', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(/^11 devices and \d+ services would be approved/).waitFor();
    await drawer.getByLabel('Why').fill('they are ours');
    await drawer.getByLabel('Until').fill('90d');
    await drawer.getByRole('button', { name: 'Approve', exact: true }).click();
    await drawer.waitFor({ state: 'hidden' });
    const approved: any[] = await stand.program.json('baseline', 'list');
    assert.ok(approved.some(({ why, until: end }) => why === 'they are ours' && end !== undefined));
  });

  test('those selected are put into a group, and taken out again', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Put into a group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Name of the group' }).fill('office <i>');
    await dialog.getByRole('button', { name: 'Put into a group' }).click();
    await until('them to be in it', async () => (await device('host-79')).groups.includes('office <i>'));
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('them to be out of it', async () => (await device('host-79')).groups.length === 0);
  });

  test('two become one, and two again', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Select none' }).click();
    for (const name of ['host-70', 'host-71']) await row(page, name).getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Make them one' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make them one' }).click();
    await until('one less to be listed', async () => (await found(page)) === 10);
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('both to be listed', async () => (await found(page)) === 11);
    await filter(page, '');
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  test('columns are chosen, ordered and widened, and stay so', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'MAC', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Maker', exact: true }).uncheck();
    await page.getByRole('button', { name: 'Move Type towards the front' }).click();
    await page.getByRole('button', { name: 'Make Addresses wider' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('columnheader', { name: 'MAC' }).waitFor();
    const heads = await page.getByRole('columnheader').allTextContents();
    assert.deepEqual(heads.slice(1, 5), ['Device', 'Addresses', 'Type', 'Lately here']);
    assert.ok(!heads.includes('Maker'));
  });

  test('what devices call themselves is text: no script runs, no markup appears, nothing runs backwards', async () => {
    const { page } = look;
    await filter(page, 'alert');
    await until('those to be listed', async () => (await found(page)) === 2);
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>', exact: true }).waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    await filter(page, 'gpj');
    await until('it to be listed', async () => (await found(page)) === 1);
    const shown = await page.locator('[data-device]').first().textContent();
    assert.ok(shown?.includes('gpj') && !shown.includes('\u202e'), shown ?? '');
    await filter(page, 'xxxxxxxx');
    await until('the long one to be listed', async () => (await found(page)) === 1);
    assert.equal(await isTooWide(look), false);
    await filter(page, '');
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  test('strips tell when rows in sight were here', async () => {
    await look.page
      .getByRole('img', { name: /here \d+ % of the time|nobody can say/ })
      .first()
      .waitFor();
  });

  test('where no device fits, the page says what to do', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/devices?filter=tag%3Anobody`);
    await page.getByText('No device fits this filter.').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await until('all to be listed', async () => (await found(page)) >= 300);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('on a phone there are cards, and nothing to push sideways', async () => {
    const phone = await stand.look('/devices', PHONE);
    await phone.page.locator('[data-device]').first().waitFor();
    assert.equal(await isTooWide(phone), false);
    assert.deepEqual(await inaccessible(phone.page), []);
    assert.deepEqual(phone.faults, []);
    await phone.close();
  });

  test('the page breaks none of its own rules, and asks nobody else', () => {
    // A filter that cannot be read is refused; browsers say so.
    assert.deepEqual(
      look.faults.filter((fault) => !/status of 400/.test(fault)),
      [],
    );
  });
});
