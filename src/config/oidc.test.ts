import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from './config.ts';
import { readConfig } from './read-config.ts';
import { settingsOf } from './settings.ts';

const read = (lines: string) => readConfig(`[oidc]\n${lines}\n`, 'rollcall.toml');

const WHO = 'issuer = "https://id.example.org/realms/home"\nclient = "rollcall"\n';

test('a provider is an issuer, a client, and what its word makes somebody here', () => {
  const reading = read(
    `${WHO}secret_file = "/etc/rollcall/oidc"\nscopes = ["openid", "email"]\nhosts = ["Keys.Example.org"]\nname_claim = "email"
role_claim = "realm_access.roles"\nroles = { "/net team" = "operator", "https://x/admins" = "admin" }\ndefault_role = "viewer"\nlabel = "Sign in at Example"`,
  );
  assert.ok(reading.ok, JSON.stringify(reading));
  assert.deepEqual(reading.config.oidc, {
    issuer: 'https://id.example.org/realms/home',
    client: 'rollcall',
    secret: null,
    secretFile: '/etc/rollcall/oidc',
    scopes: ['openid', 'email'],
    hosts: ['keys.example.org'],
    nameClaim: 'email',
    roleClaim: 'realm_access.roles',
    roles: { '/net team': 'operator', 'https://x/admins': 'admin' },
    defaultRole: 'viewer',
    label: 'Sign in at Example',
  });
});

test('without the table there is no provider, and without a secret it is a public client', () => {
  const none = readConfig('', 'rollcall.toml');
  assert.deepEqual(none.ok && none.config.oidc, DEFAULTS.oidc);
  const open = read(`${WHO}default_role = "viewer"`);
  assert.deepEqual(open.ok && [open.config.oidc.secret, open.config.oidc.secretFile, open.config.oidc.scopes], [
    null,
    null,
    ['openid', 'profile'],
  ]);
});

test('what would let nobody in, or anybody, is told with its key and line', () => {
  const good = `${WHO}default_role = "viewer"\n`;
  const cases: [string, string, RegExp][] = [
    ['client = "x"\ndefault_role = "viewer"', 'oidc.issuer', /it is missing/],
    ['issuer = "https://id.example.org"\ndefault_role = "viewer"', 'oidc.client', /it is missing/],
    [WHO, 'oidc.default_role', /nobody could come in/],
    [`${good}roles = { a = "admin" }`, 'oidc.roles', /without "role_claim"/],
    [`${good}role_claim = "groups"`, 'oidc.role_claim', /without "roles"/],
    [`${good}role_claim = "groups"\nroles = { a = "root" }`, 'oidc.roles.a', /"root" is not a role/],
    [`${good}role_claim = "a b"`, 'oidc.role_claim', /not the name of a claim/],
    [`${good}scopes = ["profile"]`, 'oidc.scopes', /lacks "openid"/],
    [`${good}scopes = ["openid profile"]`, 'oidc.scopes[0]', /is not a scope/],
    [`${good}secret = "x"\nsecret_file = "/x"`, 'oidc.secret', /beside "secret_file"/],
    [`${good}secret_file = "x"`, 'oidc.secret_file', /absolute path/],
    [`${good}hosts = ["https://keys.example.org"]`, 'oidc.hosts[0]', /not a host name/],
    [`${good}label = "\\u202eevil"`, 'oidc.label', /not words for a button/],
    [`${good}label = ""`, 'oidc.label', /not words for a button/],
    [`${good}rols = {}`, 'oidc.rols', /no such key/],
  ];
  for (const [lines, path, message] of cases) {
    const reading = read(lines);
    assert.ok(!reading.ok, lines);
    const fault = reading.faults.find((one) => one.path === path);
    assert.match(fault?.message ?? JSON.stringify(reading.faults), message, lines);
    assert.ok((fault?.line ?? 0) >= 1);
  }
});

test('S24: an issuer is one of TLS or of this machine, and one with a password is not shown', () => {
  const issuers: [string, boolean][] = [
    ['https://id.example.org', true],
    ['https://id.example.org:8443/auth/', true],
    ['http://127.0.0.1:9000', true],
    ['http://localhost:9000/x', true],
    ['http://[::1]:9000', true],
    ['http://id.example.org', false],
    ['http://127.0.0.1.example.org', false],
    ['http://localhost.example.org', false],
    ['https://me:canary@id.example.org', false],
    ['https://id.example.org?canary', false],
    ['https://id.example.org#canary', false],
    ['https://id.example.org:99999', false],
    ['https://id.example.org/.well-known/openid-configuration', false],
    ['file:///canary', false],
    ['id.example.org', false],
  ];
  for (const [issuer, sound] of issuers) {
    const reading = read(`issuer = "${issuer}"\nclient = "x"\ndefault_role = "viewer"`);
    assert.equal(reading.ok, sound, issuer);
    if (!reading.ok) assert.doesNotMatch(JSON.stringify(reading.faults), /canary/);
  }
});

test('S24: a secret is shown by nobody, and the table holds only after a restart', () => {
  const reading = read(`${WHO}secret = "canary"\ndefault_role = "viewer"`);
  assert.ok(reading.ok);
  const settings = settingsOf({ ...reading.config, said: reading.said }).filter(({ table }) => table === 'oidc');
  assert.equal(settings.length, 11);
  assert.doesNotMatch(JSON.stringify(settings), /canary/);
  assert.ok(settings.every(({ restart }) => restart));
  assert.deepEqual(
    settings.filter(({ from }) => from === 'file').map(({ key }) => key),
    ['issuer', 'client', 'secret', 'default_role'],
  );
  const bad = read(`${WHO}secret = "canary\\n"\ndefault_role = "viewer"`);
  assert.doesNotMatch(JSON.stringify(bad), /canary/);
});
