import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CertificateGroupJson, ServicesJson } from '../../src/contract/index.ts';
import { rollcall } from './fake-world.ts';

const places = (...devices: number[]) => devices.map((device) => ({ device, protocol: 'tcp' as const, port: 443 }));
const answers = (services: ServicesJson) => ({ 'services.list': () => services });

const certificate = (over: Partial<CertificateGroupJson['certificate']> = {}, daysLeft: number | null = 12): CertificateGroupJson => ({
  certificate: {
    subject: 'CN=nas.lan',
    issuer: 'CN=R10',
    notBefore: null,
    notAfter: '2026-12-03T00:00:00.000Z',
    sha256: 'ab'.repeat(32),
    names: [],
    ...over,
  },
  selfSigned: false,
  daysLeft,
  count: 1,
  devices: 1,
  places: places(7),
  filter: 'cert:ab',
});

test('ports are listed with who has them; what is too long for a row is counted', async () => {
  const group = {
    protocol: 'tcp' as const,
    port: 22,
    name: 'ssh',
    count: 600,
    devices: 600,
    places: places(1, 2, 3, 4, 5, 6, 7, 8, 9),
    filter: 'port:22',
  };
  const { code, out, err, calls } = await rollcall(['services', 'group:iot'], {
    answers: answers({ by: 'port', at: null, total: 3, groups: [group] }),
  });
  assert.equal(code, 0);
  assert.deepEqual(calls[0]?.input, { by: 'port', filter: 'group:iot' });
  assert.equal(out, 'PORT    SERVICE  DEVICES  IDS\n22/tcp  ssh      600      1, 2, 3, 4, 5, 6, 7, 8, +592\n');
  assert.equal(err, '3 ports; the first 1 are shown\n');
});

test('products are listed by version, of a past moment too', async () => {
  const group = { name: 'http', product: 'nginx', version: '1.22', count: 2, devices: 2, places: places(1, 2), filter: 'product:nginx' };
  const { out, calls } = await rollcall(['services', '--by', 'product', '--at', '7d'], {
    answers: answers({ by: 'product', at: '2026-11-14T12:00:00.000Z', total: 1, groups: [group] }),
  });
  assert.deepEqual(calls[0]?.input, { by: 'product', at: '7d' });
  assert.equal(out, 'PRODUCT  VERSION  DEVICES  PORTS    IDS\nnginx    1.22     2        443/tcp  1, 2\n');
});

test('R33: certificates are listed by their end; one without any, or by itself, says so', async () => {
  const groups = [certificate(), { ...certificate({ notAfter: null, subject: '', names: ['nas'] }, null), selfSigned: true }];
  const { out, err } = await rollcall(['certificates'], { answers: answers({ by: 'certificate', at: null, total: 2, groups }) });
  assert.equal(
    out,
    `ENDS        DAYS  SUBJECT     ISSUER       PORTS    IDS
2026-12-03  12    CN=nas.lan  CN=R10       443/tcp  7
-           -     nas         self-signed  443/tcp  7
`,
  );
  assert.equal(err, '2 certificates\n');
});

test('S5: a hostile certificate cannot move the cursor, and --json gives it as it is', async () => {
  const evil = certificate({ subject: 'CN=\u001b[2Jx\u202e' });
  const world = { answers: answers({ by: 'certificate', at: null, total: 1, groups: [evil] }) };
  const { out } = await rollcall(['certificates'], { ...world, tty: true });
  assert.ok(out.includes('CN=\\u{1b}[2Jx\\u{202e}'));
  assert.deepEqual(JSON.parse((await rollcall(['certificates', '--json'], world)).out).groups, [evil]);
});
