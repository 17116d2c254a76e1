import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AT, device, port, seen, service } from '../../test/make/device.ts';
import { certificate, page, serving, sshKey } from '../../test/make/serving.ts';
import { belief, look, script, told } from '../../test/make/view.ts';
import type { ChangeDraft, ScriptSeen, ServiceIdentity } from '../core/index.ts';
import { compareDevices } from './compare-devices.ts';

const DAY = 86_400_000;
const shown = (identity: ServiceIdentity | undefined, at = AT) =>
  device({ lastSeen: at, ports: [{ ...port(443, 'open', service('nginx', { version: '1' })), ...(identity && { serving: identity }) }] });
const between = (before: ServiceIdentity | undefined, after: ServiceIdentity | undefined, at = AT): ChangeDraft[] =>
  compareDevices(shown(before), shown(after, at));
const kinds = (drafts: readonly ChangeDraft[]): string[] => drafts.map(({ kind }) => kind);
const keys = (...all: ReturnType<typeof sshKey>[]): ServiceIdentity => serving({ sshKeys: all });
const tls = (fields: Parameters<typeof certificate>[0] = {}): ServiceIdentity => serving({ certificate: certificate(fields) });

describe('an SSH host key', () => {
  const [old, fresh] = [sshKey('old'), sshKey('new')];
  test('that is another one of its type is a loud change, with both keys in it', () => {
    const [change, ...more] = between(keys(old), keys(fresh));
    assert.deepEqual([change?.kind, change?.after?.['severity'], more], ['service.key-changed', 'high', []]);
    assert.deepEqual([change?.before?.['sshKeys'], change?.after?.['sshKeys']], [[old], [fresh]]);
    assert.match(String(change?.after?.['text']), /ed25519 SHA256:new, was ed25519 SHA256:old/);
  });

  test('of one type that is another beside one of another type that stayed is loud, too', () => {
    const rsa = sshKey('rsa', 'rsa');
    assert.deepEqual(kinds(between(keys(old, rsa), keys(fresh, rsa))), ['service.key-changed']);
  });

  test('that is the only one shown, of a type that nobody knew, is loud', () => {
    assert.deepEqual(kinds(between(keys(old), keys(sshKey('x', 'rsa')))), ['service.key-changed']);
  });

  test('that comes or goes beside one that stays is none, nor is a first or a missing answer', () => {
    const rsa = sshKey('rsa', 'rsa');
    for (const [a, b] of [
      [keys(old), keys(old, rsa)],
      [keys(old, rsa), keys(old)],
      [undefined, keys(old)],
      [keys(old), undefined],
      [page('x'), keys(old)],
    ] as const)
      assert.deepEqual(between(a, b), []);
  });
});

describe('a certificate', () => {
  const late = { notBefore: '2026-03-02T00:00:00.000Z', notAfter: '2026-05-31T00:00:00.000Z' };
  const MARCH = Date.UTC(2026, 2, 2);
  test('that takes over in time, of the same subject and issuer, was renewed', () => {
    const [change, ...more] = between(tls(), tls(late), MARCH);
    assert.deepEqual([change?.kind, change?.after?.['severity'], more], ['certificate.renewed', undefined, []]);
  });

  test('of the next intermediate of the same authority was renewed', () => {
    assert.deepEqual(kinds(between(tls(), tls({ ...late, issuer: "CN=E6, O=Let's Encrypt, C=US" }), MARCH)), ['certificate.renewed']);
  });

  test('with names alone, as short-lived ones have, was renewed', () => {
    assert.deepEqual(kinds(between(tls({ subject: '' }), tls({ ...late, subject: '' }), MARCH)), ['certificate.renewed']);
  });

  for (const [what, fields, at, how] of [
    ['of another subject', { ...late, subject: 'CN=other', names: ['other'] }, MARCH, 'another subject'],
    ['of another issuer', { ...late, issuer: 'CN=Evil CA, O=Evil' }, MARCH, 'another issuer'],
    ['that is self-signed now', { ...late, issuer: 'CN=nas.example' }, MARCH, 'another issuer'],
    ['that ends sooner', { notBefore: '2026-03-02T00:00:00.000Z', notAfter: '2026-03-20T00:00:00.000Z' }, MARCH, 'not valid for longer'],
    ['with dates that are none', { notAfter: 'never' }, MARCH, 'not valid for longer'],
    ['that came far too early', late, AT + DAY, 'long before the one before would end'],
    ['of the same words', { serial: '2' }, AT + DAY, 'long before'],
  ] as const)
    test(`${what} is loud, and says why`, () => {
      const [change, ...more] = between(tls(), tls(fields), at);
      assert.deepEqual([change?.kind, change?.after?.['severity'], more], ['service.key-changed', 'high', []]);
      assert.ok(String(change?.after?.['text']).includes(how), String(change?.after?.['text']));
    });

  test('that is another one although neither names an issuer or subject is loud', () => {
    const nobody = { subject: '', issuer: '', names: [] };
    assert.deepEqual(kinds(between(tls(nobody), tls({ ...nobody, ...late }), MARCH)), ['service.key-changed']);
  });
});

test('another title or server is a change of the service, a counter in the title is none', () => {
  assert.deepEqual(kinds(between(page('Login', 'nginx'), page('Owned by x', 'nginx'))), ['service.changed']);
  assert.deepEqual(kinds(between(page('Login', 'nginx'), page('Login', 'caddy'))), ['service.changed']);
  for (const [a, b] of [
    ['(3) Inbox', '(12) Inbox'],
    ['Cellar 21.5 °C', 'Cellar 19 °C'],
    ['x 12:01', 'x 13:44'],
  ] as const)
    assert.deepEqual(between(page(a), page(b)), []);
  assert.deepEqual(between(page('Login'), page(null, 'nginx')), [], 'of what one side did not show nothing is said');
});

test('a port that opens with another key than it was closed with is both', () => {
  const before = device({ ports: [{ ...port(22, 'filtered'), serving: keys(sshKey('a')) }] });
  const after = device({ ports: [{ ...port(22), serving: keys(sshKey('b')) }] });
  assert.deepEqual(kinds(compareDevices(before, after)), ['port.opened', 'service.key-changed']);
});

describe('two files or moments', () => {
  const web = (identity: ServiceIdentity) => ({ ...port(443, 'open', service('nginx', { version: '1' })), serving: identity });
  const file = (identity: ServiceIdentity, scripts: readonly ScriptSeen[] = []) =>
    look([[seen('10.0.0.1', null, { ports: [web(identity)] }), ...scripts]], { scriptChoice: 'default' });

  test('differ in keys and certificates like two beliefs', () => {
    assert.deepEqual(told(file(keys(sshKey('a'))), file(keys(sshKey('b')))), ['10.0.0.1: service.key-changed 443']);
    assert.deepEqual(told(belief([shown(keys(sshKey('a')))]), belief([shown(keys(sshKey('b')))])), ['10.0.0.1: service.key-changed 443']);
    assert.deepEqual(told(file(page('a')), file(page('b'))), ['10.0.0.1: service.changed 443']);
  });

  test('are not told twice what a script says of it, and told what it says of others', () => {
    const printed = (text: string) => [script('ssh-hostkey', text, 'tcp/443'), script('banner', text, 'tcp/443')];
    const [a, b] = [file(keys(sshKey('a')), printed('a')), file(keys(sshKey('b')), printed('b'))];
    assert.deepEqual(told(a, b), ['10.0.0.1: service.key-changed 443; script.changed banner']);
  });

  test('say nothing of a certificate that nears its end: that is no difference', () => {
    assert.deepEqual(told(file(tls()), file(tls())), []);
  });
});
