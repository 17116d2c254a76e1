import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfig } from '../../src/config/index.ts';
import { settingJson } from '../../src/contract/index.ts';
import { openHouse } from './open-house.ts';

const FILE = `[site]
name = "cabin"
[keep]
singles = "3d"
raw = "7d"
[mail]
url = "smtp://me:very-secret@mail.example.org"
[scan]
quiet = ["Mon-Fri 08:00-18:00"]
per_host = 50
[services]
certificate_days = 30
`;

suite('the settings in force', () => {
  test('say what holds, what is usual, and where the file says it, as it is written there', async () => {
    const reading = readConfig(FILE, '/etc/rollcall/rollcall.toml');
    assert.ok(reading.ok);
    await using house = await openHouse({ config: { ...reading.config, said: reading.said, self: { watch: false } } });
    const { json } = await house.ask('GET', '/settings');
    assert.equal(json.file, '/etc/rollcall/rollcall.toml');
    const all = json.settings.map((one: unknown) => settingJson.strict().parse(one));
    const at = (path: string) => {
      const [table, key] = path.split('.');
      const { value, usual, from, line } = all.find((one: { table: string; key: string }) => one.table === table && one.key === key);
      return [value, usual, from, line];
    };
    assert.deepEqual(at('keep.singles'), ['"3d"', '"2d"', 'file', 4]);
    assert.deepEqual(at('keep.raw'), ['"7d"', '"7d"', 'file', 5], 'also where the file says what is usual');
    assert.deepEqual(at('names.dns'), ['true', 'true', 'usual', null]);
    assert.deepEqual(at('scan.quiet'), ['["Mon-Fri 08:00-18:00"]', '[]', 'file', 9]);
    assert.deepEqual(at('scan.per_host'), ['50', '100', 'file', 10]);
    assert.deepEqual(at('services.certificate_days'), ['30', '21', 'file', 12]);
    assert.deepEqual(at('mail.url'), ['"***"'.slice(1, -1), null, 'file', 7]);
    assert.ok(!JSON.stringify(json).includes('very-secret'));
    assert.deepEqual(
      all
        .filter((one: { restart: boolean }) => one.restart)
        .map((one: { table: string }) => one.table)
        .filter((t: string, i: number, list: string[]) => list.indexOf(t) === i),
      ['site', 'http', 'store', 'oidc'],
    );
    assert.ok(all.length > 40);
    assert.deepEqual(await house.client.settings.get(), json);
  });

  test('every single key of the file is among them, with a value the file would take', async () => {
    await using house = await openHouse();
    const { file, settings } = await house.client.settings.get();
    assert.equal(file, null);
    assert.ok(settings.every(({ from, line }) => from === 'usual' && line === null));
    const said = settings.filter(({ usual }) => usual !== null);
    const text = [...Map.groupBy(said, ({ table }) => table)]
      .map(([table, keys]) => `[${table}]\n${keys.map(({ key, usual }) => `${key} = ${usual}`).join('\n')}\n`)
      .join('');
    const reading = readConfig(text, 'usual.toml');
    assert.ok(reading.ok, JSON.stringify(reading));
    assert.ok(said.length > 30);
  });
});
