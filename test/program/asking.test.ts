import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newProgram, type Program } from './program.ts';

const SCAN = fileURLToPath(new URL('../nmap-xml/fixtures/real-keys-and-certificates.xml', import.meta.url));

describe('questions of a whole network, typed', () => {
  let program: Program;
  before(async () => {
    program = await newProgram();
    await program.json('ingest', SCAN);
  });
  after(() => program.end());

  test('R33: certificates that nmap read are listed, and their filter finds the devices that show them', async () => {
    const { groups, total } = await program.json('certificates');
    assert.ok(total > 0 && groups.length === total);
    for (const { filter, places, certificate } of groups) {
      const found = await program.json('devices', filter);
      assert.deepEqual(
        found.map(({ id }: { id: number }) => id),
        [...new Set(places.map(({ device }: { device: number }) => device))],
        certificate.subject,
      );
    }
    const ends = groups.map(({ certificate }: { certificate: { notAfter: string | null } }) =>
      Date.parse(certificate.notAfter ?? '9999-01-01'),
    );
    assert.deepEqual(
      ends,
      ends.toSorted((a: number, b: number) => a - b),
    );
  });

  test('what is open is listed by port and by product', async () => {
    const ports = await program.json('services');
    const products = await program.json('services', '--by', 'product');
    assert.ok(ports.groups.some(({ name }: { name: string }) => name === 'ssh'));
    assert.ok(products.groups.every(({ product }: { product: string }) => product !== ''));
  });

  test('changes of devices that fit, of one family', async () => {
    const all = await program.json('changes', '--family', 'new');
    const fitting = await program.json('changes', '--family', 'new', '--filter', 'cert:*');
    assert.ok(fitting.length > 0 && fitting.length <= all.length);
    assert.deepEqual(await program.json('changes', '--family', 'said', '--filter', 'cert:*'), []);
  });
});
