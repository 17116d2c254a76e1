import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rollcall } from './fake-world.ts';

const packaging = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../packaging/systemd/${name}`, import.meta.url)), 'utf8');
const CHECKOUT = fileURLToPath(new URL('../../bin/rollcall', import.meta.url));

test('the units are printed under the paths where they belong, for the program that lies where this one does', async () => {
  const { code, out, err } = await rollcall(['systemd'], { world: { launcher: [CHECKOUT] } });
  const shutAway = /^\/(?:home|root|tmp)\//.test(CHECKOUT);
  if (shutAway) return assert.match(err, /a service that is shut in sees nothing of that folder/);
  assert.equal(code, 0, err);
  const root = CHECKOUT.replace(/\/bin\/rollcall$/, '');
  assert.ok(out.startsWith('### /etc/systemd/system/rollcall.service\n'));
  assert.ok(out.includes(`ExecStart=${root}/bin/rollcall run `) && out.includes(`ExecStart=${root}/bin/rollcall runner\n`));
  assert.ok(out.includes(packaging('rollcall-runner.socket')), 'what names no path is as shipped');
  assert.deepEqual(
    (await rollcall(['systemd', 'print', '--json'], { world: { launcher: [CHECKOUT] } }))
      .json()
      .map(({ path }: { path: string }) => path.split('/').at(-1)),
    ['rollcall.service', 'rollcall-runner.service', 'rollcall-runner.socket', 'rollcall.conf'],
  );
});

test('a program that lies where the units would not see it, or whose path systemd would read otherwise, gets none', async () => {
  for (const [place, why] of [
    ['/home/anna/rollcall', /sees nothing of that folder/],
    ['/root/rollcall', /sees nothing of that folder/],
    ['/srv/my rollcall', /otherwise than it is written/],
    ['/srv/100%n', /otherwise than it is written/],
    ['/srv/x\nExecStart=/bin/sh', /otherwise than it is written/],
  ] as const) {
    const { code, out, err } = await rollcall(['systemd', 'print'], { world: { launcher: [`${place}/bin/rollcall`] } });
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, why);
  }
});

test('another word gets those it takes', async () => {
  const { code, err } = await rollcall(['systemd', 'instal'], { world: { launcher: [CHECKOUT] } });
  assert.equal(code, 2);
  assert.match(err, /did you mean systemd install/);
});
