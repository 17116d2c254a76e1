import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device } from '../../test/make/device.ts';
import { Fault, formatRange, type LastLook, orFault, parseTarget, type Target } from '../core/index.ts';
import { belongs, type Territory, targetMeant, territoryOf } from './territory.ts';

const target = (id: number, text: string): Target => {
  const spec = orFault(parseTarget(text));
  return { id, site: 'home', spec, schedule: [], window: null, iface: null, source: 'user', createdAt: AT };
};
const targets = [target(3, '10.0.0.0/24'), target(4, 'nas.lan'), target(5, 'home.lan')];
const looks: readonly LastLook[] = [
  { target: 4, subject: 'nas.lan', plan: 'sweep', coverage: covering(['10.0.0.9']) },
  { target: null, subject: 'nas.lan', plan: 'ports', coverage: covering(['10.0.0.9', 'fd00::9']) },
  { target: null, subject: 'nas.lan', plan: 'ingest', coverage: covering(['192.168.0.0/16']) },
];

const meant = (reference: string | null): string | undefined => targetMeant(reference, 'home', targets)?.text;
const territory = (reference: string | null): Territory => territoryOf(targetMeant(reference, 'home', targets), 'home', looks);
const ranges = (reference: string): string[] | undefined => territory(reference).ranges?.map(formatRange);

test('a target is meant by its id or text, or any other is, in canonical form; the site is everything', () => {
  assert.deepEqual(
    [meant('3'), meant('NAS.lan'), meant('10.0.0.7'), meant('home.lan')],
    ['10.0.0.0/24', 'nas.lan', '10.0.0.7', 'home.lan'],
  );
  assert.deepEqual([meant(null), meant('home')], [undefined, undefined]);
  const refused = (code: string) => (thrown: unknown) => thrown instanceof Fault && thrown.code === code && thrown.remedy !== undefined;
  assert.throws(() => meant('6'), refused('not-found'));
  for (const text of ['10.0.0.7/24', '-sS', '10.0.0.*', '0.0.0.0/0']) assert.throws(() => meant(text), refused('bad-input'), text);
});

test('a host name lies where scans of it looked, and not where a report of that name did', () => {
  assert.deepEqual(ranges('nas.lan'), ['10.0.0.9', 'fd00::9']);
  assert.deepEqual(ranges('10.0.0.0/24'), ['10.0.0.0/24']);
  assert.deepEqual(territory(null), { text: 'home', ranges: null });
  assert.throws(() => territory('home.lan'), /^Fault: viewing home.lan: no scan had found an address of it by then$/);
});

test('a device belongs where one of its addresses lies; everything holds them all', () => {
  assert.ok(belongs(territory('10.0.0.0/24'), device({ at: ['192.168.0.1', '10.0.0.255'] })));
  assert.ok(!belongs(territory('10.0.0.0/24'), device({ at: ['10.0.1.0', 'fd00::1'] })));
  assert.ok(!belongs(territory('10.0.0.0/24'), device({ at: [] })));
  assert.ok(belongs(territory(null), device({ at: [] })));
});
