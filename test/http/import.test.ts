import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { importJson } from '../../src/contract/index.ts';
import { untrusted } from '../../src/core/index.ts';
import type { HistoryRequest, HistoryResult } from '../../src/watch/index.ts';
import { AT } from '../make/device.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';

type Ask = NonNullable<Parameters<Awaited<ReturnType<typeof openDoor>>['ask']>[1]>;

const RESULT: HistoryResult = {
  dryRun: false,
  at: AT,
  devices: { new: 1, known: 2 },
  sessions: 3,
  spans: 7,
  labels: 0,
  firstAt: AT - 1000,
  lastAt: null,
  sources: [
    {
      name: untrusted('arp.dat'),
      format: 'arpwatch',
      guessed: true,
      digest: 'd'.repeat(64),
      before: false,
      rows: 3,
      refused: 1,
      firstAt: AT - 1000,
      lastAt: AT,
      notes: ['as it says'],
    },
  ],
  refused: { count: 1, first: [{ file: untrusted('arp.dat'), line: 4, reason: '"x" is no hardware address' }] },
  seq: 12,
};

type Asked = Omit<HistoryRequest, 'files'> & { readonly files: readonly (readonly [string, string])[] };

/** A keeper that notes what it is asked, files read to their end. */
function noting() {
  const asked: Asked[] = [];
  const importHistory = async ({ files, ...request }: HistoryRequest): Promise<HistoryResult> => {
    const read: [string, string][] = [];
    for await (const { name, bytes } of files) {
      let text = '';
      for await (const chunk of bytes) text += Buffer.from(chunk).toString();
      read.push([name, text]);
    }
    asked.push({ ...request, files: read });
    return RESULT;
  };
  return { asked, keeper: fakeKeeper({ importHistory }) };
}

function form(fields: Readonly<Record<string, string>>, files: readonly File[]): FormData {
  const body = new FormData();
  for (const file of files) body.append('files', file);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return body;
}

/** A request with a form, as a client sends it. */
async function posted(body: FormData): Promise<Ask> {
  const packed = new Response(body);
  return { method: 'POST', headers: { 'content-type': packed.headers.get('content-type') ?? '' }, body: Buffer.from(await packed.bytes()) };
}

const arpDat = new File(['00:11:32:aa:bb:01\t10.0.0.1\t1704096000\n'], 'arp.dat');
const csv = new File(['mac,connected_at\n'], 'b/../\u001b[31mevents.csv');

suite('taking in history over the API', () => {
  test('one file or several, with what is said of them', async () => {
    const { asked, keeper } = noting();
    await using open = await openDoor({ keeper });
    const fields = { from: 'arpwatch', zone: 'Europe/Berlin', covers: '10.0.0.0/24', dryRun: 'true' };
    const one = await open.ask('/api/v1/import', await posted(form(fields, [arpDat])));
    assert.equal(one.status, 200, one.text);
    assert.deepEqual(importJson.parse(one.json), one.json);
    assert.deepEqual(asked[0], {
      from: 'arpwatch',
      zone: 'Europe/Berlin',
      covers: ['10.0.0.0/24'],
      dryRun: true,
      files: [['arp.dat', '00:11:32:aa:bb:01\t10.0.0.1\t1704096000\n']],
    });
    const two = await open.ask('/api/v1/import', await posted(form({}, [arpDat, csv])));
    assert.equal(two.status, 200, two.text);
    assert.deepEqual([asked[1]?.from, asked[1]?.zone, asked[1]?.dryRun, asked[1]?.files.length], [null, 'UTC', false, 2]);
    assert.ok(!asked[1]?.files[1]?.[0].includes('\u001b'), 'a name gives no orders to terminals');
  });

  test('over the socket the client sends the same', async () => {
    const { asked, keeper } = noting();
    await using open = await openDoor({ keeper });
    const told = await open.client.importHistory({ files: [arpDat, csv], dryRun: true, zone: 'UTC' });
    assert.deepEqual([told.seq, told.files[0]?.format, told.refused.first[0]?.line], [12, 'arpwatch', 4]);
    assert.deepEqual([asked[0]?.files.length, asked[0]?.dryRun], [2, true]);
  });

  test('what is no format, no file or no form is refused before the keeper is asked', async () => {
    const { asked, keeper } = noting();
    await using open = await openDoor({ keeper });
    const refused = async (ask: Ask): Promise<number> => (await open.ask('/api/v1/import', ask)).status;
    assert.equal(await refused(await posted(form({ from: 'zenmap' }, [arpDat]))), 400);
    assert.equal(await refused(await posted(form({}, []))), 400);
    assert.equal(await refused(await posted(form({ dryRun: 'perhaps' }, [arpDat]))), 400);
    assert.equal(await refused({ method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'mac,connected_at' }), 415);
    assert.deepEqual(asked, []);
  });
});
