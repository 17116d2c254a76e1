/** Rules and channels in a real browser: made, tried, tested, taken back. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const CONFIG = '[[rule]]\nname = "of-the-file"\non = ["port.*"]\nto = ["*"]\n';

describe('rules and channels', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  const heard: string[] = [];
  const sink = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => heard.push(text));
    request.on('end', () => response.end('thank <b>you</b>'));
  });
  const port = (): number => (sink.address() as { port: number }).port;
  before(async () => {
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    stand = await openStand({ config: `${CONFIG}[alerts]\nreach = ["127.0.0.1:${port()}"]\n` });
    look = await stand.look('/alerts');
  });
  after(async () => {
    sink.close();
    sink.closeAllConnections();
    await stand?.close();
  });

  const rules = (): Promise<any[]> => stand.program.json('rule', 'list');

  test('a rule is made when it can work, and refused with the reason when it cannot', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'New rule' }).click();
    const drawer = page.getByRole('dialog');
    const save = drawer.getByRole('button', { name: 'Save' });
    await drawer.getByLabel('Name', { exact: true }).fill('Night <b>');
    assert.equal(await save.isDisabled(), true);
    await drawer.getByLabel('Name', { exact: true }).fill('night-arrivals');
    await drawer.getByLabel('When this happens').fill('device.appeared');
    await page.keyboard.press('Enter');
    await drawer.getByLabel('To devices that fit').fill('colour:blue');
    await save.click();
    await drawer.getByRole('alert').filter({ hasText: 'colour' }).waitFor();
    await drawer.getByLabel('To devices that fit').fill('');
    await save.click();
    await drawer.waitFor({ state: 'hidden' });
    const made = (await rules()).find(({ name }) => name === 'night-arrivals');
    assert.deepEqual([made?.on, made?.where, made?.source], [['device.appeared'], null, 'user']);
  });

  test('a rule shows what it would have sent', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'night-arrivals' }).click();
    await page.getByRole('button', { name: 'Play it' }).click();
    await page.getByText(/message.* of 1 change of these kinds/).waitFor();
  });

  test('a rule that was removed is brought back', async () => {
    const { page } = look;
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await until('the rule to be gone', async () => !(await rules()).some(({ name }) => name === 'night-arrivals'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'night-arrivals' }).waitFor();
    assert.ok((await rules()).some(({ name }) => name === 'night-arrivals'));
  });

  test('a rule of the file is read only, one that comes along is switched off', async () => {
    const { page } = look;
    assert.equal(await page.getByRole('switch', { name: 'On: of-the-file' }).isDisabled(), true);
    await page.getByRole('switch', { name: 'On: new-device' }).click({ force: true });
    await until('the rule to be off', async () => (await rules()).find(({ name }) => name === 'new-device')?.enabled === false);
  });

  test('a channel is set up and tested, with the exchange word by word', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByText('There is no channel yet.').waitFor();
    await page.getByRole('button', { name: 'New channel' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Name', { exact: true }).fill('diary');
    await drawer.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: /^webhook:/ }).click();
    await drawer.getByRole('textbox', { name: 'url', exact: true }).fill(`http://127.0.0.1:${port()}/`);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('It was taken.').waitFor();
    await page.getByText('Rollcall said').first().waitFor();
    assert.match(heard.join(''), /test/i);
    await page.getByRole('button', { name: 'Close' }).click();
  });

  test('what is to be silent is said, and ended', async () => {
    const { page } = look;
    await page.getByRole('tab', { name: 'Silence' }).click();
    await page.getByLabel('Why').fill('the <script>plumber</script> comes');
    await page.getByRole('button', { name: 'Keep silent' }).click();
    await page.getByText('the <script>plumber</script> comes').waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Nothing is kept silent.').waitFor();
  });

  for (const tab of ['rules', 'channels', 'outbox', 'mutes'])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${tab}: accessible, ${colorScheme}`, async () => {
        await look.page.goto(`${stand.url}/alerts?tab=${tab}`);
        await look.page.getByRole('tabpanel').waitFor();
        await drawIn(look.page, colorScheme);
        assert.deepEqual(await inaccessible(look.page), []);
      });

  test('nothing is pushed sideways on a phone', async () => {
    const phone = await stand.look('/alerts', PHONE);
    await phone.page.getByRole('tabpanel').waitFor();
    assert.equal(await isTooWide(phone), false);
    await phone.close();
  });

  test('the pages break none of their own rules, and ask nobody else', () =>
    // The one answer of 400 is the rule that was refused.
    assert.deepEqual(look.faults, ['console: Failed to load resource: the server responded with a status of 400 (Bad Request)']));
});
