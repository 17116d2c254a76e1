/** The way in, in a real browser: the link that was printed, the first account, signing in and out, and who may what. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const PASSWORD = 'three blind mice on a wire';

describe('the way in', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand();
  });
  after(() => stand?.close());

  const enter = async (at: Look, name: string, password: string): Promise<void> => {
    await at.page.getByRole('textbox', { name: /^Name/ }).fill(name);
    await at.page.getByLabel(/^Password( \*)?$/).fill(password);
    await at.page.getByRole('button', { name: 'Sign in' }).click();
  };

  test('nobody sees anything before there is an account: the page says how to make one', async () => {
    const stranger = await stand.look('/devices', { stranger: true });
    await stranger.page.getByText('Nobody has an account yet.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await drawIn(stranger.page, colorScheme);
      assert.deepEqual(await inaccessible(stranger.page), []);
    }
    assert.deepEqual(stranger.faults, []);
    await stranger.close();
  });

  test('the link that start prints leads to the first account, and from there to who is here', async () => {
    const { setup } = await stand.program.json('start');
    assert.match(setup, /\/setup#\S{20,}$/);
    look = await stand.look(setup.slice(stand.url.length), { stranger: true });
    const { page } = look;
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    assert.equal(new URL(page.url()).hash, '', 'the secret stays in the address');
    await page.getByRole('textbox', { name: /^Name/ }).fill('anna');
    await page.getByLabel(/^Password( \*)?$/).fill('short');
    await page.getByLabel('Password, once more').fill('short');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/^Password( \*)?$/).fill(PASSWORD);
    await page.getByLabel('Password, once more').fill('another one');
    assert.equal(await page.getByRole('button', { name: 'Begin' }).isDisabled(), true);
    await page.getByLabel('Password, once more').fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await until('this machine to be here', async () => (await page.locator('[data-count=present]').textContent()) === '1');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  });

  test('no script of the page can read what proves who is there', async () => {
    assert.equal(await look.page.evaluate('document.cookie'), '');
    assert.equal(
      await look.page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })').then((kept) => /rc[a-z]_/.test(String(kept))),
      false,
    );
    const [cookie] = await look.context.cookies();
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite], [true, 'Strict']);
  });

  test('who signed out is out, in all windows, and a wrong password does not let them in', async () => {
    const { page } = look;
    const other = await look.context.newPage();
    await other.goto(`${stand.url}/`);
    await other.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.close();
    await enter(look, 'anna', 'three blind cats');
    await page.getByRole('alert').waitFor();
    await enter(look, 'anna', PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  });

  test('a viewer looks and changes nothing; an admin who shuts them out ends what they see', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/settings?tab=access`);
    await page.getByRole('textbox', { name: /^Name/ }).first().fill('ben');
    await page.getByLabel(/^Password( \*)?$/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('ben').first().waitFor();
    const viewer = await stand.look('/alerts', { stranger: true });
    await enter(viewer, 'ben', PASSWORD);
    await viewer.page.getByRole('heading', { level: 1, name: 'Rules and channels' }).waitFor();
    await viewer.page.getByRole('switch', { name: 'On: new-device' }).click({ force: true });
    await viewer.page.getByRole('alert').waitFor();
    await viewer.page.goto(`${stand.url}/settings?tab=access`);
    await viewer.page.getByRole('heading', { name: 'Signed in' }).waitFor();
    assert.equal(await viewer.page.getByRole('heading', { name: 'Who did what' }).count(), 0);
    await stand.program.run('user', 'disable', 'ben');
    await viewer.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await viewer.close();
  });

  test('who did what is kept, and who was refused what', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/settings?tab=access`);
    await page.getByRole('cell', { name: /users\.add/ }).waitFor();
    await page.getByRole('row', { name: /ben.*rules\.edit.*refused/ }).waitFor();
  });

  test('signing in fits on a phone', async () => {
    const phone = await stand.look('/', { ...PHONE, stranger: true });
    await phone.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await isTooWide(phone), false);
    await phone.close();
  });

  test('the pages break none of their own rules, and ask nobody else', () =>
    assert.deepEqual(
      look.faults.filter((fault) => !/status of 40[013]/.test(fault)),
      [],
    ));
});
