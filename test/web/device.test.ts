/** One device in a real browser: what is known of it and why, and every word about it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { portXml, scanXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const EVIL = '<img src=x onerror=alert(1)>';
const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const ssh = (version: string): string =>
  portXml(22, 'open', `<service name="ssh" product="${xml(EVIL)}" version="${version}" method="probed" conf="10"/>`);
const NAS = { address: '10.0.0.5', mac: '00:11:22:33:44:05', name: 'nas' };

describe('the page of a device', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  let id: number;
  const device = async (): Promise<any> => (await stand.program.json('device', 'nas')).device;
  const feed = async (minutes: number, ports: string): Promise<void> => {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    const hosts = [
      { ...NAS, ports },
      { address: '10.0.0.6', mac: '00:11:22:33:44:06', name: EVIL, ports: portXml(80) },
    ];
    const fed = await stand.program.feed(
      scanXml({ hosts: hosts.map((host) => ({ ...host, name: xml(host.name) })) }),
      'ingest',
      '--at',
      at,
    );
    assert.equal(fed.code, 0, fed.stderr);
  };
  before(async () => {
    stand = await openStand();
    await feed(2, `${ssh('9.1')}${portXml(80)}`);
    await feed(1, `${ssh('9.2')}${portXml(80)}`);
    ({ id } = await device());
    look = await stand.look(`/devices/${id}`);
    await look.page.getByRole('heading', { level: 1, name: 'nas' }).waitFor();
  });
  after(() => stand?.close());

  const port = (page: Page, place: string) => page.locator(`[data-port="${place}"]`);

  test('says who it is, whether it is here, and what its name rests on', async () => {
    const { page } = look;
    await page.locator('[data-presence=present]').waitFor();
    await page.locator('[data-names]').getByText('nas', { exact: false }).waitFor();
    await page.getByText('00:11:22:33:44:05', { exact: true }).waitFor();
  });

  test('its timeline tells stretches by pointer and by key, and its share', async () => {
    const { page } = look;
    const chart = page.getByRole('slider');
    await chart.waitFor();
    await page
      .locator('[data-share]')
      .filter({ hasText: /here \d+(\.\d)? % of the time/ })
      .waitFor();
    await chart.focus();
    await page.keyboard.press('End');
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^here from .* until now$/);
    for (const span of ['Day', 'Month', 'Year']) {
      await page.getByText(span, { exact: true }).click();
      await page.locator('[data-stretch]').first().waitFor();
    }
  });

  test('services show their versions over time, as text', async () => {
    const { page } = look;
    const shown = port(page, '22/tcp');
    await shown.getByText(`ssh ${EVIL} 9.2`).waitFor();
    await shown.getByRole('button', { name: 'History 22/tcp' }).click();
    await shown.getByText(`open ssh ${EVIL} 9.1`).waitFor();
    assert.equal(await page.locator('main img').count(), 0);
  });

  test('the device and each service are approved and revoked one by one, and revoking is taken back', async () => {
    const { page } = look;
    const ssh = port(page, '22/tcp');
    await ssh.getByRole('button', { name: 'Approve 22/tcp' }).click();
    await ssh.locator('[data-approved=true]').waitFor();
    await ssh.getByRole('button', { name: 'Revoke the approval of 22/tcp' }).click();
    await ssh.locator('[data-approved=false]').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await ssh.locator('[data-approved=true]').waitFor();
    await port(page, '80/tcp').getByText('drift').waitFor();
    await page.locator('[data-place=device]').getByRole('button', { name: 'Approve nas' }).click();
    await page.locator('[data-place=device][data-approved=true]').waitFor();
  });

  test('labels are edited where they stand, and taken back', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Edit the note' }).click();
    const long = `${EVIL}\n${'n'.repeat(3900)}`;
    await page.getByLabel('Note').fill(long);
    await page.getByRole('button', { name: 'Save' }).click();
    await until('the note to be kept', async () => (await device()).note === long);
    await page.getByRole('button', { name: 'Edit the owner' }).click();
    await page.getByLabel('Owner').fill('Anna');
    await page.keyboard.press('Enter');
    await until('the owner to be kept', async () => (await device()).owner === 'Anna');
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('the owner to be as before', async () => (await device()).owner === null);
    await page.getByRole('combobox', { name: 'Tags' }).fill('ok');
    await page.keyboard.press('Enter');
    await until('the tag to be kept', async () => (await device()).tags.includes('ok'));
    assert.equal(await isTooWide(look), false);
  });

  test('it is left alone when somebody says so', async () => {
    const { page } = look;
    await page.getByRole('switch', { name: 'Ask it (probe)' }).click();
    await until('it to be left alone', async () => (await device()).probed === false);
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('it to be asked again', async () => (await device()).probed === true);
  });

  test('says why it is believed, and why each change was told', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Why?', exact: true }).first().click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('[data-steps]').waitFor();
    assert.ok(Number(await drawer.locator('[data-steps]').getAttribute('data-steps')) > 2);
    assert.deepEqual(await inaccessible(page), []);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await page
      .getByRole('button', { name: /^Why change \d+ was told/ })
      .first()
      .click();
    await page.getByRole('dialog').locator('[data-steps]').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('it is kept silent for a while, and taken back', async () => {
    const { page } = look;
    const mutes = async (): Promise<any[]> => stand.program.json('mutes');
    await page.getByRole('button', { name: 'Keep silent' }).click();
    await page.getByRole('dialog').getByLabel('For how long').fill('1h');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep silent' }).click();
    await until('it to be silent', async () => (await mutes()).some(({ where }) => where === `id:${id}`));
    await page.getByRole('alert').filter({ hasText: 'Nobody is told' }).getByRole('button', { name: 'Undo' }).click();
    await until('it to be told again', async () => (await mutes()).length === 0);
  });

  test('a look at this machine says what it costs, is begun, and ends', async () => {
    const self = (await stand.program.json('devices')).find(({ addresses }: any) => addresses.includes('127.0.0.1'));
    const own = await stand.look(`/devices/${self.id}`);
    await own.page.getByRole('button', { name: 'Look now' }).click();
    const dialog = own.page.getByRole('dialog');
    await dialog.getByLabel('What to look for').selectOption('sweep');
    await dialog.locator('[data-cost]').waitFor();
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await dialog.locator('[data-outcome=complete]').waitFor();
    assert.deepEqual(own.faults, []);
    await own.close();
  });

  test('a device outside of what is watched is not woken, and the page says why', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Wake' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /waking/i })
      .waitFor();
  });

  test('a name that is markup is a name', async () => {
    const evil = (await stand.program.json('devices')).find(({ addresses }: any) => addresses.includes('10.0.0.6'));
    const { page, faults, close } = await stand.look(`/devices/${evil.id}`);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'img' }).waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('on a phone nothing can be pushed sideways', async () => {
    const phone = await stand.look(`/devices/${id}`, PHONE);
    await phone.page.getByRole('slider').waitFor();
    await phone.page.locator('[data-port="22/tcp"]').waitFor();
    assert.equal(await isTooWide(phone), false);
    await phone.close();
  });

  test('speaks German to who asks for it', async () => {
    const german = await stand.look(`/devices/${id}`, { locale: 'de-DE' });
    await german.page.getByRole('heading', { name: 'Wann es da war' }).waitFor();
    await german.close();
  });

  test('who is not there is told so', async () => {
    const { page, close } = await stand.look('/devices/99999');
    await page.getByText('Nobody knows this device (any more).').waitFor();
    await close();
  });

  test('it is forgotten only by who writes its name', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Forget', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: 'Forget it' });
    await dialog.getByLabel('Write "nas" to go on').fill('na');
    assert.equal(await go.isDisabled(), true);
    await dialog.getByLabel('Write "nas" to go on').fill('nas');
    await go.click();
    await page.waitForURL(/\/devices$/);
    assert.equal(
      (await stand.program.json('devices')).some((one: any) => one.id === id),
      false,
    );
  });

  test('the page breaks none of its own rules, and asks nobody else', () => {
    // A deed that is refused is told of by browsers too.
    assert.deepEqual(
      look.faults.filter((fault) => !/status of 40[03]/.test(fault)),
      [],
    );
  });
});
