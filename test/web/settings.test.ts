/** Settings in a real browser. Nothing but the loopback is watched here. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const CONFIG = '[[target]]\ntarget = "127.0.0.3"\n';

describe('settings', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand({ config: CONFIG });
    look = await stand.look('/settings');
  });
  after(() => stand?.close());

  const watched = async (): Promise<string[]> =>
    ((await stand.program.json('targets')) as { target: { target: string } }[]).map(({ target }) => target.target);

  test('nothing is watched before its owner has said that it is theirs', async () => {
    const { page } = look;
    await page.getByLabel('Network, range or host').fill('127.0.0.2');
    await page.getByRole('button', { name: 'Watch this' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/sweep: 1 addresses/).waitFor();
    const yes = dialog.getByRole('button', { name: 'Watch this' });
    assert.equal(await yes.isDisabled(), true);
    assert.equal((await watched()).includes('127.0.0.2'), false);
    await dialog.getByLabel('It is mine, or I may look at it').check();
    await yes.click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await watched()).includes('127.0.0.2'), true);
  });

  test('a public range is refused with the reason (S3)', async () => {
    const { page } = look;
    await page.getByLabel('Network, range or host').fill('198.51.100.0/24');
    await page.getByRole('button', { name: 'Watch this' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('alert').waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Watch this' }).isDisabled(), true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('a target is given up, and taken back', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Watch no longer: 127.0.0.2' }).click();
    await until('the target to be gone', async () => !(await watched()).includes('127.0.0.2'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the target to be back', async () => (await watched()).includes('127.0.0.2'));
    assert.equal(await page.getByRole('button', { name: 'Watch no longer: 127.0.0.3' }).count(), 0, 'one of the file is not given up here');
  });

  test('somebody is given a device, and another name', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByLabel('Name of the person').fill('Anna <b>');
    await page.getByRole('combobox', { name: 'Their devices' }).click();
    await page.getByRole('option').first().click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('Anna <b>').waitFor();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Anna');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Anna', { exact: true }).waitFor();
  });

  test('Rollcall says how it is itself', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'Upkeep' }).click();
    await page.getByRole('row', { name: /^Version/ }).waitFor();
    await page.getByRole('heading', { name: 'Self-test' }).waitFor();
  });

  for (const tab of ['networks', 'people', 'access', 'upkeep'])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${tab}: accessible, ${colorScheme}`, async () => {
        await look.page.goto(`${stand.url}/settings?tab=${tab}`);
        await look.page.getByRole('tabpanel').waitFor();
        await drawIn(look.page, colorScheme);
        assert.deepEqual(await inaccessible(look.page), []);
      });

  test('nothing is pushed sideways on a phone', async () => {
    const phone = await stand.look('/settings', PHONE);
    await phone.page.getByRole('tabpanel').waitFor();
    assert.equal(await isTooWide(phone), false);
    await phone.close();
  });

  test('the pages break none of their own rules, and ask nobody else', () =>
    // The one answer of 403 is the public range.
    assert.deepEqual(
      look.faults.filter((fault) => !/status of 40[03]/.test(fault)),
      [],
    ));
});
