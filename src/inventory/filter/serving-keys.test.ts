import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, port } from '../../../test/make/device.ts';
import { certificate, page, serving, sshKey } from '../../../test/make/serving.ts';
import type { Device, ServiceIdentity } from '../../core/index.ts';
import { matches, parseFilter } from '../index.ts';

const DAY = 86_400_000;
const showing = (identity: ServiceIdentity, state: 'open' | 'filtered' = 'open'): Device =>
  device({ ports: [{ ...port(443, state), serving: identity }] });
const HASH = 'v5bpsZ98Oovv03j5beoApsd+FB42WRn/MFYw7sYzLjM';

function fits(filter: string, one: Device): boolean {
  const read = parseFilter(filter);
  assert.ok(read.ok, filter);
  return matches(read.value, one, { now: AT, typeOf: () => null });
}

test('devices are found by when their certificates end', () => {
  const ending = (days: number): Device =>
    showing(serving({ certificate: certificate({ notAfter: new Date(AT + days * DAY).toISOString() }) }));
  assert.ok(fits('expires:30d', ending(29)) && fits('expires:<30d', ending(29)) && fits('expires:30d', ending(-3)));
  assert.ok(!fits('expires:30d', ending(31)) && fits('expires:>30d', ending(31)) && !fits('expires:>30d', ending(3)));
  assert.ok(fits('expires:0d', ending(-1)) && !fits('expires:0d', ending(1)));
  const undated = showing(serving({ certificate: { ...certificate(), notAfter: null } }));
  for (const filter of ['expires:30d', 'expires:>30d']) assert.ok(!fits(filter, undated) && !fits(filter, device()), filter);
});

test('devices are found by the words and the fingerprint of a certificate, and by their pages', () => {
  const one = showing({ ...page('Router login'), certificate: certificate() });
  for (const filter of ['cert:encrypt', 'cert:nas.example', `cert:${certificate().sha256.slice(0, 12)}`, 'cert:*', 'title:router'])
    assert.ok(fits(filter, one), filter);
  for (const filter of ['cert:evil', 'title:printer', '-cert:*']) assert.ok(!fits(filter, one), filter);
  assert.ok(!fits('title:*', showing(page('x'), 'filtered')), 'of open ports');
});

test('a device is found by its SSH host key as ssh prints it, or how that begins', () => {
  const one = showing(serving({ sshKeys: [sshKey(HASH)] }));
  for (const filter of [`key:SHA256:${HASH}`, `key:${HASH}`, `key:sha256:${HASH.slice(0, 8)}`, `key:${HASH}=`])
    assert.ok(fits(filter, one), filter);
  assert.ok(!fits(`key:${HASH.toUpperCase()}`, one), 'case matters');
  for (const filter of ['key:abc', 'key:MD5:00:11', 'key:*', 'expires:soon', 'expires:']) assert.ok(!parseFilter(filter).ok, filter);
});
