/** Services in a real browser: by port, by product, by certificate; of what reports tell. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { portXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { drawIn, inaccessible, type Look } from './browser.ts';
import { escaped, HOSTILE, HOUR, NAS, PRINTER, reportAt, STRANGER, service, tell } from './past.ts';
import { isTooWide, openStand, PHONE, type Stand } from './stand.ts';

const iso = (days: number): string => new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 19);

/** What ssl-cert tells of a certificate that ends in so many days. */
function certificate(name: string, days: number, digit: number): string {
  // Its fingerprint is of its bytes: here no more than a sequence of DER that holds a number.
  const pem = Buffer.from([0x30, 3, 2, 1, digit]).toString('base64');
  const valid = `<table key="validity"><elem key="notBefore">${iso(-400)}</elem><elem key="notAfter">${iso(days)}</elem></table>`;
  const names = (key: string): string => `<table key="${key}"><elem key="commonName">${escaped(name)}</elem></table>`;
  return (
    `<script id="ssl-cert" output="Subject: commonName=${escaped(name)}">${names('subject')}${names('issuer')}${valid}` +
    `<elem key="pem">-----BEGIN CERTIFICATE-----&#xa;${pem}&#xa;-----END CERTIFICATE-----&#xa;</elem></script>`
  );
}

const https = (inside: string): string =>
  portXml(443, 'open', `<service name="http" product="nginx" tunnel="ssl" method="probed" conf="10"/>${inside}`);

describe('services', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand({
      past: (program) =>
        tell(
          program,
          reportAt(Date.now() - HOUR, {
            args: 'nmap -n -sV -p22,80,443 10.0.0.0/28',
            services: '22,80,443',
            hosts: [
              { ...PRINTER, ports: portXml(22, 'open', service('ssh', 'OpenSSH', '9.2')) + https(certificate('later.lan', 300, 1)) },
              { ...NAS, ports: portXml(22, 'open', service('ssh', 'OpenSSH', '9.6')) + https(certificate(HOSTILE, 5, 2)) },
              { ...STRANGER, ports: portXml(22, 'open', service('ssh', HOSTILE)) + https(certificate('over.lan', -3, 3)) },
            ],
          }),
        ),
    });
    look = await stand.look('/services');
  });
  after(() => stand?.close());

  const accessible = (what: string): void => {
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${what} are accessible, ${colorScheme}`, async () => {
        await drawIn(look.page, colorScheme);
        assert.deepEqual(await inaccessible(look.page), []);
      });
  };

  test('each port says how many devices have it open, and which', async () => {
    const { page } = look;
    const who = page.getByRole('button', { name: 'Who serves it: 22/tcp, 3 devices' });
    await who.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'printer.lan' }).waitFor();
    assert.equal(await who.getAttribute('aria-expanded'), 'true');
    assert.match((await page.getByRole('link', { name: 'See them as devices' }).getAttribute('href')) ?? '', /^\/devices\?filter=.*22/);
  });

  accessible('ports');

  test('a filter of devices leaves the rest out', async () => {
    const { page } = look;
    await page.getByLabel('Only of devices').fill('name:nas.lan');
    await page.getByRole('button', { name: 'Who serves it: 22/tcp, 1 device' }).waitFor();
    assert.match(page.url(), /filter=name/);
    await page.getByLabel('Only of devices').fill('nokey:x');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Only of devices').fill('');
    await page.getByRole('button', { name: 'Who serves it: 22/tcp, 3 devices' }).waitFor();
  });

  test('products stand by version; what a banner says is text (S5)', async () => {
    const { page } = look;
    await page.getByText('By product', { exact: true }).first().click();
    await page.locator('[data-by=product]').waitFor();
    const text = (await page.locator('[data-by=product]').textContent()) ?? '';
    for (const product of ['OpenSSH 9.2', 'OpenSSH 9.6', 'nginx', '<script>document.title=2</script>'])
      assert.ok(text.includes(product), product);
    assert.equal(await page.locator('main img').count(), 0);
    assert.match(await page.title(), /^Services/);
  });

  accessible('products');

  test('certificates that end first come first, and say when', async () => {
    const { page } = look;
    await page.getByText('By certificate', { exact: true }).first().click();
    await page.locator('[data-ending]').nth(2).waitFor();
    const endings = await page.locator('[data-ending]').evaluateAll((all) => all.map((one) => one.getAttribute('data-ending')));
    assert.deepEqual(endings, ['over', 'soon', 'later']);
    assert.match((await page.locator('[data-by=certificate]').textContent()) ?? '', /has ended.*ends in [45] days.*ends in \d+ days/);
  });

  accessible('certificates');

  test('what is opened meanwhile appears by itself', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/services`);
    await page.getByRole('button', { name: /^Who serves it: 22\/tcp/ }).waitFor();
    await tell(stand.program, reportAt(Date.now() - 10_000, { hosts: [{ ...NAS, ports: portXml(23) }] }));
    await until('the port', async () => (await page.getByRole('button', { name: 'Who serves it: 23/tcp, 1 device' }).count()) === 1);
  });

  test('on a phone nothing is pushed sideways', async () => {
    for (const by of ['port', 'product', 'certificate']) {
      const phone = await stand.look(`/services?by=${by}`, PHONE);
      await phone.page.locator('[data-by]').waitFor();
      assert.equal(await isTooWide(phone), false, by);
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
