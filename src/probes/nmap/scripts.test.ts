import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { needs } from '../../../test/needs.ts';
import { SCRIPTS, scriptArgs } from './scripts.ts';

test('scripts are those of a list, whatever a plan that came through JSON calls its choice', () => {
  assert.deepEqual(scriptArgs().slice(0, 2), ['--script', 'ssh-hostkey,ssl-cert,http-title,http-server-header']);
  assert.deepEqual(scriptArgs(), scriptArgs('identity'));
  for (const choice of ['vuln', '../x', 'constructor', '__proto__', ''] as never[])
    assert.deepEqual(scriptArgs(choice), scriptArgs('identity'), choice);
  for (const name of Object.values(SCRIPTS).flat()) assert.match(name, /^[a-z0-9-]+$/);
});

describe('the scripts of nmap', needs('nmap'), () => {
  /** Categories of each, as nmap's own register has them. */
  const register = new Map(
    [...readFileSync('/usr/share/nmap/scripts/script.db', 'utf8').matchAll(/filename = "([^"]+)\.nse", categories = \{([^}]*)\}/g)].map(
      ([, name = '', list = '']) => [name, [...list.matchAll(/"([^"]+)"/g)].map(([, category]) => category)] as const,
    ),
  );

  test('that may be run are known to nmap, safe, and neither intrusive nor asking anybody else', () => {
    for (const name of SCRIPTS.safe) {
      const categories = register.get(name);
      assert.ok(categories, `${name} is a script of nmap`);
      // A script of category "version" is run by -sV anyhow.
      assert.ok(categories.includes('safe') || categories.includes('version'), `${name}: ${categories}`);
      for (const bad of ['intrusive', 'external', 'broadcast', 'dos', 'exploit', 'brute', 'vuln', 'malware', 'fuzzer', 'auth'])
        assert.ok(!categories.includes(bad), `${name} is ${bad}`);
    }
  });
});
