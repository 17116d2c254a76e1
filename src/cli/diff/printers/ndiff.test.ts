import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import { ATTACKS, differing, EVERY_KIND, hostileItems, joined, kindOf, sides, stream, sum, who } from '../../../../test/make/comparison.ts';
import type { ComparisonItem } from '../../../core/index.ts';
import { ndiffTextPieces, ndiffXmlPieces } from './ndiff.ts';

process.env['TZ'] = 'UTC';

const OPTIONS = { verbose: false, summary: false };
const text = (...items: readonly ComparisonItem[]): Promise<string> => joined(ndiffTextPieces(stream(...items), OPTIONS));
const xml = (...items: readonly ComparisonItem[]): Promise<string> => joined(ndiffXmlPieces(stream(...items), OPTIONS));

test('a comparison reads as Ndiff would tell it, each side named by its title', async () => {
  const device = who({ vendor: null });
  const changed = differing([kindOf('port.opened'), kindOf('port.closed'), kindOf('service.changed')], { device });
  const left = differing([kindOf('device.left')], { pairedBy: null, device: who({ name: null, addresses: ['10.0.0.12'], macs: [] }) });
  assert.equal(
    await text(sides(), changed, left, sum({ different: 2 })),
    [
      '-rollcall scan initiated Mon Nov 16 03:00:05 2026 as: monday.xml',
      '+rollcall scan initiated Tue Nov 17 03:00:05 2026 as: tuesday.xml',
      '',
      ' printer (10.0.0.5, 00:00:5E:00:53:01):',
      ' PORT    STATE  SERVICE  VERSION',
      '-22/tcp  closed',
      '+22/tcp  open   ssh      OpenSSH 9.2',
      '-23/tcp  open   telnet',
      '+23/tcp  closed',
      '-443/tcp open   ssl/http nginx 1.22',
      '+443/tcp open   ssl/http nginx 1.24',
      '',
      '-10.0.0.12:',
      '-Host is up.',
      '',
    ].join('\n'),
  );
});

/** Element names and attribute names, in order; the document must be well-formed. */
function read(document: string): string[] {
  const parser = new SaxesParser();
  const elements: string[] = [];
  parser.on('error', (fault) => assert.fail(`${fault.message}\n${document}`));
  parser.on('opentag', ({ name, attributes }) => void elements.push(`${name} ${Object.keys(attributes).join(' ')}`));
  parser.write(document).close();
  return elements;
}

test('in XML each device that differs is a hostdiff', async () => {
  const elements = read(await xml(sides(), ...EVERY_KIND.map((difference) => differing([difference])), sum()));
  assert.equal(elements.filter((element) => element.startsWith('hostdiff')).length, EVERY_KIND.length);
  assert.deepEqual(elements.slice(0, 2), ['nmapdiff version', 'scandiff ']);
});

test('what is unknown is left out: Ndiff would call it gone', async () => {
  const silent = differing([], { unknown: [{ what: 'device', side: 'b', text: '10.0.0.5 was not asked' }] });
  assert.doesNotMatch(await text(sides(), silent, sum({ unknown: 1 })), /10\.0\.0\.5/);
  assert.equal(
    read(await xml(sides(), silent, sum({ unknown: 1 }))).some((element) => element.startsWith('hostdiff')),
    false,
  );
});

test('S5: hostile text adds no line of its own and no element', async () => {
  for (const attack of ATTACKS) {
    const said = await text(...hostileItems(attack));
    assert.doesNotMatch(said, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069]/, attack);
    for (const line of said.split('\n')) assert.match(line, /^(?:$|[-+ ])/, attack);
    read(await xml(...hostileItems(attack)));
  }
});
