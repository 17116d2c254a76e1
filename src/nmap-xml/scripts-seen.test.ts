import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNmapBytes } from './read-document.ts';
import { scriptsOf } from './scripts-seen.ts';
import type { XmlHost } from './xml-host.ts';

function hostOf(attributes: string): XmlHost {
  const script = (id: string, output: string): string => `<script id="${id}" output="${output}"/>`;
  const port = (protocol: string): string =>
    `<port protocol="${protocol}" portid="80"><state state="open"/>${script('title', 'a&#xa;\u202eb')}</port>`;
  const text = `<nmaprun><host${attributes}><ports>${port('tcp')}${port('icq')}</ports><hostscript>${script('skew', 'x'.repeat(20_000))}</hostscript></host></nmaprun>`;
  const [host] = readNmapBytes(Buffer.from(text)).hosts;
  assert.ok(host);
  return host;
}

test('scripts of the host come first, then those of its ports, clean and capped', () => {
  const scripts = scriptsOf(hostOf(''));
  assert.deepEqual(
    scripts.map(({ port, id, output }) => [port, id, output.slice(0, 3), output.length]),
    [
      [null, 'skew', 'xxx', 16_384],
      [{ protocol: 'tcp', port: 80 }, 'title', 'a\nb', 3],
    ],
  );
});

test('R8: of a host nmap gave up on no script is believed', () => assert.deepEqual(scriptsOf(hostOf(' timedout="true"')), []));
