/** The dashboard in a real browser, in front of a real daemon: who is here, live. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from '../program/program.ts';
import { Chromium, drawIn, inaccessible, type Look } from './browser.ts';

describe('the first page', needs('chromium', 'nmap'), () => {
  let chromium: Chromium;
  let program: Program;
  let look: Look;
  before(async () => {
    program = await newProgram();
    await program.daemon();
    chromium = await Chromium.start();
    const token = (await readFile(join(program.data, 'token'), 'utf8')).trim();
    look = await chromium.look({ url: `http://127.0.0.1:${program.port}/`, token });
  });
  after(async () => {
    await chromium?.close();
    await program?.end();
  });

  test('shows who is here as soon as the first look ends', async () => {
    const { page } = look;
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await until('this machine to be here', async () => (await page.locator('[data-count=present]').textContent()) === '1');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  });

  test('speaks German to who asks for it', async () => {
    const { page } = look;
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jetzt' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is accessible, ${colorScheme}`, async () => {
      await drawIn(look.page, colorScheme);
      assert.deepEqual(await inaccessible(look.page), []);
    });

  test('breaks none of its own rules, and asks nobody else', () => assert.deepEqual(look.faults, []));
});
