/** Devices that are probably one, in a real browser: reasons, a merge that is taken back, and the word that they are distinct. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { scanXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from '../program/program.ts';
import { Chromium, inaccessible, type Look } from './browser.ts';

const KEY = 'SHA256:nv2Bz81YAAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIII';
const OTHER_KEY = 'SHA256:ov3Cz81YAAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHJJJ';
const showing = (key: string): string =>
  '<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="probed" conf="10"/>' +
  `<script id="ssh-hostkey" output="&#xa;  256 ${key} (ED25519)"/></port>`;

describe('devices that are probably one', needs('chromium', 'nmap'), () => {
  let chromium: Chromium;
  let program: Program;
  let look: Look;
  before(async () => {
    program = await newProgram();
    // The same phone and tablet, which made themselves other addresses: before the daemon looks at anything itself.
    await feed(9, '02:00:5e:00:53', '10.0.0');
    await feed(5, '06:00:5e:00:54', '10.0.1');
    await program.daemon();
    chromium = await Chromium.start();
    const token = (await readFile(join(program.data, 'token'), 'utf8')).trim();
    look = await chromium.look({ url: `http://127.0.0.1:${program.port}/devices`, token });
  });
  after(async () => {
    await chromium?.close();
    await program?.end();
  });

  async function feed(hours: number, mac: string, block: string): Promise<void> {
    const at = new Date(Date.now() - hours * 3_600_000).toISOString();
    const phone = { address: `${block}.5`, mac: `${mac}:01`, name: 'annas-phone&lt;b&gt;', ports: showing(KEY) };
    const tablet = { address: `${block}.6`, mac: `${mac}:02`, name: 'tablet', ports: showing(OTHER_KEY) };
    const fed = await program.feed(
      scanXml({ args: 'nmap -n -p22,80 10.0.0.0/23', total: 512, hosts: [phone, tablet] }),
      'ingest',
      '--at',
      at,
    );
    assert.equal(fed.code, 0, fed.stderr);
  }

  const phones = async (): Promise<number> =>
    ((await program.json('devices')) as { macs: string[] }[]).filter(({ macs }) => macs.some((mac) => /^0[26]:00:5e:00:5[34]:01/.test(mac)))
      .length;

  test('are shown with the reasons', async () => {
    const { page } = look;
    await page.getByRole('button', { name: '2 are probably one' }).click();
    const proposal = page.locator('[data-proposal]').filter({ hasText: KEY });
    await proposal.getByText(`both show the SSH host key ${KEY}`).waitFor();
    await proposal.getByText('never present at once').waitFor();
    await proposal.getByText(/^\d+ % sure/).waitFor();
    assert.deepEqual(await inaccessible(page), []);
  });

  test('become one, and two again', async () => {
    const { page } = look;
    await page.locator('[data-proposal]').filter({ hasText: KEY }).getByRole('button', { name: 'Make them one' }).click();
    await until('them to be one', async () => (await phones()) === 1);
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await until('them to be two', async () => (await phones()) === 2);
    // Who takes a merge back has said that they are two.
    await until('the other proposal alone to stay', async () => (await page.locator('[data-proposal]').count()) === 1);
  });

  test('are never proposed again once somebody says that they are distinct', async () => {
    const { page } = look;
    await page.locator('[data-proposal]').getByRole('button', { name: 'They are distinct' }).click();
    await page.getByText('Nothing looks like two sides of one device.').waitFor();
  });

  test('the page breaks none of its own rules', () => assert.deepEqual(look.faults, []));
});
