import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { Visitor, whereTo } from '../oidc/at-the-door.ts';
import { OwnProvider } from '../oidc/own-provider.ts';
import { newProgram, until } from './program.ts';

describe('the program, with an identity provider in its config', needs('nmap'), () => {
  test('says so, lets somebody in from there, and tells that another provider needs a restart', async () => {
    await using own = await OwnProvider.start();
    const oidc = `[oidc]\nissuer = "${own.issuer}"\nclient = "rollcall"\ndefault_role = "viewer"\nlabel = "Sign in at Example"\n`;
    const program = await newProgram({ config: oidc });
    try {
      const daemon = await program.daemon();
      const url = `http://127.0.0.1:${program.port}`;
      const { setup } = await program.json('start');
      const order = { secret: setup.slice(setup.indexOf('#') + 1), name: 'anna', password: 'three blind mice on a wire' };
      const headers = { 'content-type': 'application/json' };
      await fetch(`${url}/api/v1/access/setup`, { method: 'POST', headers, body: JSON.stringify(order) });
      const stranger: any = await (await fetch(`${url}/api/v1/access/me`)).json();
      assert.deepEqual([stranger.setUp, stranger.elsewhere, stranger.elsewhereLabel], [true, true, 'Sign in at Example']);
      const visitor = new Visitor();
      const { searchParams } = new URL(whereTo(await visitor.go(`${url}/sign-in/oidc`)));
      own.nonce = searchParams.get('nonce') ?? '';
      const back = new URLSearchParams({ code: 'c', state: searchParams.get('state') ?? '' });
      assert.equal(whereTo(await visitor.go(`${url}/sign-in/oidc/callback?${back}`)), '/');
      const me = await visitor.go(`${url}/api/v1/access/me`);
      assert.deepEqual(await me.json().then(({ name, role, scopes }: any) => [name, role, scopes]), ['carl', 'viewer', ['read']]);
      await writeFile(program.config, (await readFile(program.config, 'utf8')).replace('"viewer"', '"admin"'));
      daemon.process.kill('SIGHUP');
      await until('the daemon to tell', async () => /\[oidc\] holds after a restart only/.test(daemon.output()));
    } finally {
      await program.end();
    }
  });
});
