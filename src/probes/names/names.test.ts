import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type DnsAnswer, type FakeDns, startFakeDns } from '../../../test/probes/fake-dns.ts';
import type { Observation } from '../../core/index.ts';
import { parseHostsFile } from './hosts-file.ts';
import { createNames, type NamesOptions } from './names.ts';
import { reverseName } from './reverse-name.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
after(() => rmSync(folder, { recursive: true }));

const hostsFile = join(folder, 'hosts');
writeFileSync(
  hostsFile,
  '127.0.0.1\tlocalhost # this machine\r\n::1 localhost ip6-localhost\n10.77.0.7 printer.lan printer\nnonsense here\n',
);

const seen = (address: string, other: Partial<Observation> = {}): Observation => ({
  address,
  mac: null,
  vendor: null,
  names: null,
  reason: '',
  seenAt: 0,
  ports: [],
  unlisted: [],
  timedOut: false,
  os: null,
  ...other,
});

const NEVER = new AbortController().signal;

async function withDns<T>(answer: (type: string, name: string) => DnsAnswer, work: (dns: FakeDns) => Promise<T>, delay = 0): Promise<T> {
  const dns = await startFakeDns(answer, delay);
  try {
    return await work(dns);
  } finally {
    await dns.close();
  }
}

const names = (dns: FakeDns, other: Partial<NamesOptions> = {}) =>
  createNames({ enabled: true, servers: [dns.server], hostsFile, timeout: 300, ...other });

const namesIn = (observations: readonly Observation[]) =>
  observations.map((each) => each.names?.map(({ name, source }) => `${source}:${name}`) ?? null);

test('a name comes from DNS, none is an answer too, and silence is none', async () => {
  const answers: Record<string, DnsAnswer> = { '5.0.77.10': ['phone.lan'], '6.0.77.10': 'none', '8.0.77.10': 'failure' };
  const answer = (_: string, name: string): DnsAnswer => answers[name.replace('.in-addr.arpa', '')] ?? 'silence';
  await withDns(answer, async (dns) => {
    const named = await names(dns).nameAll([seen('10.77.0.5'), seen('10.77.0.6'), seen('10.77.0.8'), seen('10.77.0.9')], NEVER);
    assert.deepEqual(namesIn(named), [['dns:phone.lan'], [], null, null]);
  });
});

test('the hosts file comes first, and nobody is asked then', async () => {
  await withDns(
    () => ['wrong.lan'],
    async (dns) => {
      assert.deepEqual(namesIn(await names(dns).nameAll([seen('10.77.0.7')], NEVER)), [['hosts:printer.lan', 'hosts:printer']]);
      assert.deepEqual(dns.asked, []);
    },
  );
});

test('loopback addresses are never asked of a server', async () => {
  await withDns(
    () => ['wrong.lan'],
    async (dns) => {
      const named = await names(dns).nameAll([seen('127.0.0.1'), seen('127.0.0.2'), seen('::1')], NEVER);
      assert.deepEqual(namesIn(named), [['hosts:localhost'], [], ['hosts:localhost', 'hosts:ip6-localhost']]);
      assert.deepEqual(dns.asked, []);
    },
  );
});

test('IPv6 addresses are asked by nibbles', async () => {
  await withDns(
    () => ['six.lan'],
    async (dns) => {
      assert.deepEqual(namesIn(await names(dns).nameAll([seen('fd77::2')], NEVER)), [['dns:six.lan']]);
      assert.deepEqual(dns.asked, [`PTR ${reverseName('fd77::2')}`]);
    },
  );
  assert.equal(reverseName('fd77::2'), '2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.7.d.f.ip6.arpa');
  assert.equal(reverseName('10.77.0.5'), '5.0.77.10.in-addr.arpa');
  assert.equal(reverseName('nonsense'), undefined);
});

test('names an observation has already are left alone', async () => {
  await withDns(
    () => ['other.lan'],
    async (dns) => {
      assert.deepEqual(namesIn(await names(dns).nameAll([seen('10.77.0.5', { names: [] })], NEVER)), [[]]);
      assert.deepEqual(dns.asked, []);
    },
  );
});

test('switched off, only the hosts file names anything', async () => {
  await withDns(
    () => ['phone.lan'],
    async (dns) => {
      const named = await names(dns, { enabled: false }).nameAll([seen('10.77.0.5'), seen('10.77.0.7')], NEVER);
      assert.deepEqual(namesIn(named), [null, ['hosts:printer.lan', 'hosts:printer']]);
      assert.deepEqual(dns.asked, []);
    },
  );
});

test('S5: a hostile name is cleaned and capped, and many names of one address are cut', async () => {
  const hostile = ['<script>\u202ealert(1)\u0007', ...Array.from({ length: 20 }, (_, i) => `name${i}`)];
  await withDns(
    () => hostile,
    async (dns) => {
      const [only] = await names(dns).nameAll([seen('10.77.0.5')], NEVER);
      assert.ok(only?.names && only.names.length <= 8);
      for (const { name } of only.names) assert.doesNotMatch(name, /[\u0000-\u001f\u202e]/);
    },
  );
});

test('a black hole costs at most the deadline, however many hosts wait', async () => {
  await withDns(
    () => 'silence',
    async (dns) => {
      const hosts = Array.from({ length: 200 }, (_, i) => seen(`10.77.0.${i + 8}`));
      const started = performance.now();
      const named = await names(dns, { deadline: 400, timeout: 5000 }).nameAll(hosts, NEVER);
      const took = performance.now() - started;
      assert.ok(took < 1500, `took ${took} ms`);
      assert.ok(named.every((each) => each.names === null));
    },
  );
});

test('no more questions are under way at once than allowed', async () => {
  await withDns(
    () => ['phone.lan'],
    async (dns) => {
      const hosts = Array.from({ length: 40 }, (_, i) => seen(`10.77.0.${i + 8}`));
      const named = await names(dns, { parallel: 4, timeout: 3000 }).nameAll(hosts, NEVER);
      assert.ok(named.every((each) => each.names?.length === 1));
      assert.ok(dns.most() <= 4, `${dns.most()} at once`);
    },
    5,
  );
});

test('a stop signal ends the asking', async () => {
  await withDns(
    () => 'silence',
    async (dns) => {
      const stop = new AbortController();
      const named = names(dns, { deadline: 60_000, timeout: 30_000 }).nameAll([seen('10.77.0.5')], stop.signal);
      stop.abort();
      assert.deepEqual(namesIn(await named), [null]);
      assert.deepEqual(namesIn(await names(dns).nameAll([seen('10.77.0.5')], AbortSignal.abort())), [null]);
    },
  );
});

test('a host name has the addresses of both families, canonical and once each', async () => {
  const answer = (type: string, name: string): DnsAnswer =>
    name === 'nas.lan' ? (type === 'A' ? ['10.77.0.5', '10.77.0.5'] : ['fd77::5']) : 'none';
  await withDns(answer, async (dns) => {
    assert.deepEqual(await names(dns).addressesOf('nas.lan', NEVER), ['10.77.0.5', 'fd77::5']);
    assert.deepEqual(
      await names(dns, { enabled: false }).addressesOf('nas.lan', NEVER),
      ['10.77.0.5', 'fd77::5'],
      'targets are resolved either way',
    );
    assert.deepEqual(await names(dns).addressesOf('nowhere.lan', NEVER), []);
  });
});

test('a host name of the hosts file is not asked of a server', async () => {
  await withDns(
    () => ['10.0.0.1'],
    async (dns) => {
      assert.deepEqual(await names(dns).addressesOf('Printer.LAN', NEVER), ['10.77.0.7']);
      assert.deepEqual(await names(dns).addressesOf('localhost', NEVER), ['127.0.0.1', '::1']);
      assert.deepEqual(dns.asked, []);
    },
  );
});

test('a hosts file that is not there is empty', async () => {
  await withDns(
    () => 'none',
    async (dns) => {
      assert.deepEqual(namesIn(await names(dns, { hostsFile: join(folder, 'missing') }).nameAll([seen('127.0.0.1')], NEVER)), [[]]);
    },
  );
  assert.deepEqual(parseHostsFile('::1').namesOf('::1'), []);
});
