import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rosterImportJson } from '../../src/contract/index.ts';
import { told } from '../watch/stand.ts';
import { type Populated, populated } from './populated.ts';

const form = (text: string | Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append('file', new File([text], 'devices.csv'));
  return data;
};

async function taken(house: Populated, data: FormData) {
  const sent = new Response(data);
  const headers = { 'content-type': sent.headers.get('content-type') ?? '' };
  const reply = await house.door.ask('/api/v1/import/devices', { method: 'POST', headers, body: await sent.bytes() });
  return { ...reply, json: JSON.parse(reply.text) };
}

suite('exporting and importing devices', () => {
  test('an export is a download that says all there is, in UTF-8, and changes nothing when it is taken in again', async () => {
    await using house = await populated();
    await house.client.devices.edit({
      reference: '1',
      name: '=HYPERLINK("http://x")',
      owner: 'Zoë',
      note: 'a\nb,"c"',
      tags: { add: ['-x'.slice(1)] },
    });
    const reply = await house.ask('GET', '/export/devices?bom=true&separator=semicolon');
    assert.equal(reply.headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(reply.headers['content-disposition'], 'attachment; filename="devices.csv"');
    assert.ok(reply.text.startsWith('\ufeffid;macs;'));
    assert.match(reply.text, /;"'=HYPERLINK\(""http:\/\/x""\)";/);
    const before = (await told(house.stand)).length;
    for (const text of [
      reply.text,
      (await house.ask('GET', '/export/devices?as=json')).text,
      await (await house.client.devices.export()).text(),
    ]) {
      const { json } = await taken(house, form(text, { blanks: 'clear' }));
      const { shown, ...counts } = rosterImportJson.strict().parse(json);
      assert.deepEqual(counts, { dryRun: false, rows: 3, devices: 0, same: 3, refused: 0 });
      assert.deepEqual(shown, []);
    }
    assert.equal((await told(house.stand)).length, before, 'nobody is told of anything');
    assert.deepEqual(house.failures, []);
  });

  test('columns and devices are chosen; what there is not is refused with what was meant', async () => {
    await using house = await populated();
    assert.equal((await house.ask('GET', '/export/devices?columns=id,Addresses&filter=port:631')).text, 'id,addresses\r\n2,10.0.0.2\r\n');
    const reply = await house.ask('GET', '/export/devices?columns=id,onwer');
    assert.deepEqual([reply.status, reply.json.remedy], [400, 'did you mean owner?']);
    assert.equal((await house.ask('GET', '/export/devices?filter=gruop:x')).status, 400);
    assert.equal((await house.ask('GET', '/export/devices?as=exe')).status, 400);
  });

  test('a dry run shows what would change and what cannot, and changes nothing; the real one takes all in by one commit, or none', async () => {
    await using house = await populated();
    const text = 'id,macs,name,owner,window\n1,,server,Anna,2h\n,02:00:5e:00:00:02,,Bo,\n';
    const dry = (await taken(house, form(text, { dryRun: 'true' }))).json;
    assert.deepEqual([dry.dryRun, dry.rows, dry.devices, dry.same, dry.refused], [true, 2, 2, 0, 0]);
    assert.deepEqual(dry.shown[0], {
      line: 2,
      device: { id: 1, name: null },
      changes: [
        { label: 'name', before: null, after: 'server' },
        { label: 'owner', before: null, after: 'Anna' },
        { label: 'window', before: null, after: '2h' },
      ],
      fault: null,
    });
    assert.ok(house.stand.keeper.roll().devices.every(({ labels }) => labels.owner === null));
    const broken = await taken(house, form(`${text}3,,x,a:b,\n9,,,,\n`));
    assert.equal(broken.status, 400);
    assert.match(broken.json.message, /^reading line 4, column owner: .*filters have a meaning.* \(and 1 more rows/);
    assert.ok(
      house.stand.keeper.roll().devices.every(({ labels }) => labels.owner === null),
      'of none',
    );
    const scans = (await house.stand.store.scans({ limit: 100 })).filter(({ plan }) => plan === 'edit').length;
    const done = await house.client.devices.import({ file: new File([text], 'x.csv') });
    assert.deepEqual([done.dryRun, done.devices], [false, 2]);
    assert.deepEqual(
      house.stand.keeper.roll().devices.map(({ labels }) => labels.owner),
      ['Anna', 'Bo', null],
    );
    assert.equal((await house.stand.store.scans({ limit: 100 })).filter(({ plan }) => plan === 'edit').length, scans + 1);
  });

  test('S5: hostile files are refused in words: huge, no text, of no encoding, broken, without end', async () => {
    await using house = await populated();
    const refused: readonly [text: string | Uint8Array<ArrayBuffer>, message: RegExp][] = [
      ['', /is empty/],
      ['id,name\n1,"x', /line 2: the quote that opens/],
      ['id,name\n1,a\u0000b\n', /line 2: a zero byte/],
      [Uint8Array.from(Buffer.from('id,name\n1,M\xfcller\n', 'latin1')), /is not the UTF-8 it should be/],
      [Uint8Array.from([0xff, 0xfe, 0x41]), /is not the UTF-16LE it should be/],
      ['id,'.repeat(10_000), /more than 64 columns/],
      ['id,id\n1,1\n', /id is there twice/],
      ['PK\u0003\u0004', /none called/],
      ['x'.repeat(1_000_000), /more than 16384 characters/],
    ];
    for (const [text, message] of refused) {
      const { status, json } = await taken(house, form(text));
      assert.equal(status, 400, String(message));
      assert.match(json.message, message);
    }
    const huge = await taken(house, form(new Uint8Array(5 * 1024 * 1024 - 200_000)));
    assert.equal(huge.status, 400);
    assert.match(huge.json.message, /it is larger than 4 MB/);
    const told = await house.door
      .ask('/api/v1/import/devices', {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(100 * 1024 * 1024) },
      })
      .catch((fault: unknown) => ({ status: String(fault) }));
    assert.equal(told.status, 413, 'what says it is larger is not even read');
    assert.equal((await house.ask('POST', '/import/devices', { file: 'x' })).status, 400);
    const utf16 = Uint8Array.from(Buffer.from('\ufeffid,name\n1,Müller\n', 'utf16le'));
    assert.equal((await taken(house, form(utf16))).json.devices, 1);
    assert.equal(house.stand.keeper.findDevice('1').labels.alias, 'Müller');
    assert.deepEqual(house.failures, []);
  });
});
