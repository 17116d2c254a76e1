import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { documentsIn } from './documents.ts';

async function split(chunks: readonly string[]): Promise<string[]> {
  const documents = [''];
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  for await (const part of documentsIn(bytes())) {
    if (part === 'document') documents.push('');
    else documents[documents.length - 1] += Buffer.from(part).toString();
  }
  return documents;
}

test('documents written one after the other are told apart, also after one that broke off in a tag', async () => {
  const [first, second] = ['<?xml version="1.0"?>\n<nmaprun><host na', '<?xml version="1.0"?>\n<nmaprun/>\n'];
  assert.deepEqual(await split([`${first}${second}`]), ['', first, second]);
  assert.deepEqual(await split(['<nmaprun/>']), ['<nmaprun/>'], 'one that does not say that it is XML');
  assert.deepEqual(await split([`$ cat it\n${second}`]), ['$ cat it\n', second]);
  assert.deepEqual(await split([]), ['']);
});

test('wherever the bytes are cut, the documents are the same', async () => {
  const piece = fc.constantFrom('<?xml ', '<', '?', '<?', '<?x', 'ml ', '<?xml', '\n', '<?xml <?xml ', 'version="1.0"');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 8 }), async (pieces, cuts) => {
      const text = pieces.join('');
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const chunks = places.slice(1).map((end, i) => text.slice(places[i], end));
      const [before = '', ...documents] = text.split(/(?=<\?xml )/);
      const whole = before.startsWith('<?xml ') ? ['', before, ...documents] : [before, ...documents];
      assert.deepEqual(await split(chunks), whole);
    }),
  );
});
