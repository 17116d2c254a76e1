import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageText, Fault, type FaultCode, formatPorts, type KeptOutput, type Side, type View } from '../../src/core/index.ts';
import { AT, covering, HOUR, MINUTE, port, seen } from '../make/device.ts';
import { script, told } from '../make/view.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

const DAY = 24 * HOUR;
const FAR = '10.0.1.0/24';
const [printer, phone, camera] = [seen('10.0.0.1', 1), seen('10.0.0.2', 2), seen('10.0.1.9', 9)];
const config = watching(declared(LAN, every(HOUR)));

const moment = (at: number, target: string | null = null): Side => ({ kind: 'moment', target, at });
const NOW: Side = { kind: 'now', target: null };
const BASELINE: Side = { kind: 'baseline', target: null };

/** What a view holds: who, and where it was asked. */
function gist(view: View): string {
  const devices = view.entries.map((_, i) => {
    const { id, presence, addresses } = view.read(i).device;
    return `${id} ${presence} ${addresses.map(({ address }) => address).join('+')}`;
  });
  return `${devices.sort().join(', ')} in ${coverageText(view.coverage).addresses.join(' ') || 'nothing'}`;
}

const gistOf = async ({ keeper }: Stand, side: Side): Promise<string> => gist(await keeper.view(side));
const compared = async ({ keeper }: Stand, a: Side, b: Side): Promise<string[]> => told(await keeper.view(a), await keeper.view(b));

const refused =
  (code: FaultCode, text: RegExp, remedy = /./) =>
  (thrown: unknown) =>
    thrown instanceof Fault && thrown.code === code && text.test(thrown.message) && remedy.test(thrown.remedy ?? '');

test('a moment has the devices as they were believed then, and what had been asked by then', async () => {
  let hosts = [printer];
  const house = await stand({ config, script: () => ({ hosts }) });
  await house.clock.pass(2 * HOUR);
  const early = house.clock.now();
  hosts = [printer, phone];
  await house.clock.pass(2 * HOUR);
  assert.equal(await gistOf(house, moment(early)), '1 present 10.0.0.1 in 10.0.0.0/24');
  assert.equal(await gistOf(house, NOW), '1 present 10.0.0.1, 2 present 10.0.0.2 in 10.0.0.0/24');
  assert.deepEqual(await compared(house, moment(early), NOW), ['10.0.0.2: device.appeared']);
  assert.deepEqual(await compared(house, NOW, NOW), []);
  const { source, title, at, partial, scriptChoice, warnings } = await house.keeper.view(moment(early));
  assert.deepEqual(
    { source, title, at, partial, scriptChoice, warnings },
    { source: 'moment', title: `home at ${new Date(early).toISOString()}`, at: early, partial: null, scriptChoice: null, warnings: [] },
  );
  assert.deepEqual([(await house.keeper.view(NOW)).title, (await house.keeper.view(NOW)).at], ['now', house.clock.now()]);
  await house.end();
});

test('law 2: before its first scan everything is unknown, and nobody is new', async () => {
  const house = await stand({ config, script: () => ({ hosts: [printer] }) });
  await house.clock.pass(HOUR);
  const before = moment(AT - 1);
  const view = await house.keeper.view(before);
  assert.equal(gist(view), ' in nothing');
  assert.deepEqual(view.warnings, ['home had not been scanned by then, so nothing is known of it']);
  assert.deepEqual(await compared(house, before, NOW), ['10.0.0.1: a 10.0.0.1 was not asked']);
  assert.deepEqual(await compared(house, NOW, before), ['10.0.0.1: b 10.0.0.1 was not asked']);
  await house.end();
});

test('law 2: a device found where nobody had looked before was not new there', async () => {
  let answer: Answer = { hosts: [printer], coverage: covering(['10.0.0.1']) };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(HOUR);
  const early = house.clock.now();
  answer = { hosts: [printer, phone] };
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(await compared(house, moment(early), NOW), ['10.0.0.2: a 10.0.0.2 was not asked']);
  await house.end();
});

test('a failed scan asked nothing: what was asked before it still counts', async () => {
  let answer: Answer = { hosts: [printer] };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(HOUR);
  answer = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } };
  await house.clock.pass(3 * HOUR);
  assert.match(await gistOf(house, NOW), / in 10\.0\.0\.0\/24$/);
  await house.end();
});

test('law 3: three months later, its scans folded, a moment still knows what had been asked', async () => {
  let hosts = [printer];
  const house = await stand({ config, script: () => ({ hosts }) });
  await house.clock.pass(8 * HOUR);
  const early = AT + 4 * HOUR;
  const [before, kept] = [await gistOf(house, moment(early)), await house.keeper.scans({ limit: 100 })];
  assert.ok(kept.length > 7);
  house.clock.suspend(90 * DAY);
  hosts = [printer, phone];
  await house.clock.pass(3 * HOUR);
  const old = (await house.keeper.scans({ limit: 100 })).filter(({ startedAt }) => startedAt < AT + DAY);
  assert.deepEqual(
    old.map(({ changes }) => changes),
    [0, 0, 1],
    'only the one that changed something is left, and those that taught how often the printer answers',
  );
  assert.equal(await gistOf(house, moment(early)), before);
  assert.equal(before, '1 present 10.0.0.1 in 10.0.0.0/24');
  assert.deepEqual(await compared(house, moment(early), NOW), ['10.0.0.2: device.appeared']);
  const folded = kept.find(({ changes }) => changes === 0);
  await assert.rejects(house.keeper.view({ kind: 'scan', id: folded?.id ?? 0 }), refused('not-found', /folded/, /compare moments instead/));
  await house.end();
});

test('a target restricts a view to its addresses, whoever asked them; the name of the site is everything', async () => {
  const both = watching(declared(LAN, every(HOUR)), declared(FAR, every(HOUR)));
  const house = await stand({ config: both, script: ({ addresses }) => ({ hosts: addresses === FAR ? [camera] : [printer, phone] }) });
  await house.clock.pass(2 * HOUR);
  const [lan, far] = house.keeper.targets().map(({ target }) => String(target.id));
  const inside = (target: string): Promise<string> => gistOf(house, moment(house.clock.now(), target));
  const everything = '1 present 10.0.0.1, 2 present 10.0.0.2, 3 present 10.0.1.9 in 10.0.0.0/23';
  assert.equal(
    (await gistOf(house, { kind: 'now', target: 'home' })).replaceAll(/\d present/g, '-'),
    everything.replaceAll(/\d present/g, '-'),
  );
  assert.match(await inside(LAN), /10\.0\.0\.1, \d present 10\.0\.0\.2 in 10\.0\.0\.0\/24$/);
  assert.equal(await inside(String(lan)), await inside(LAN));
  assert.match(await inside(String(far)), /^\d present 10\.0\.1\.9 in 10\.0\.1\.0\/24$/);
  assert.match(await inside('10.0.0.2-10.0.1.3'), /^\d present 10\.0\.0\.2 in 10\.0\.0\.2-10\.0\.1\.3$/);
  assert.equal(await inside('10.0.7.0/24'), ' in nothing');
  assert.equal((await house.keeper.view({ kind: 'now', target: LAN })).title, `${LAN} now`);
  assert.deepEqual((await house.keeper.view({ kind: 'now', target: '10.0.7.1' })).warnings, [
    '10.0.7.1 had not been scanned by then, so nothing is known of it',
  ]);
  await house.end();
});

test('a host name is where scans of it found it by then', async () => {
  const house = await stand({ config: watching(declared('nas.lan', every(HOUR))), script: () => ({ hosts: [printer] }) });
  house.names.known.set('nas.lan', ['10.0.0.1']);
  await house.clock.pass(2 * HOUR);
  const early = house.clock.now();
  house.names.known.set('nas.lan', ['10.0.0.2']);
  house.prober.script = () => ({ hosts: [phone] });
  await house.clock.pass(2 * HOUR);
  assert.equal(await gistOf(house, moment(early, 'nas.lan')), '1 present 10.0.0.1 in 10.0.0.1');
  assert.match(await gistOf(house, { kind: 'now', target: 'NAS.lan' }), /^2 present 10\.0\.0\.2 in 10\.0\.0\.2$/);
  await assert.rejects(
    house.keeper.view(moment(AT - 1, 'nas.lan')),
    refused('not-found', /viewing nas.lan: no scan had found an address of it/),
  );
  await assert.rejects(house.keeper.view({ kind: 'now', target: 'tv.lan' }), refused('not-found', /viewing tv.lan/, /name an address/));
  await house.end();
});

test('a side that cannot be is refused with what to do', async () => {
  const house = await stand({ config, script: () => ({ hosts: [] }) });
  await house.clock.pass(HOUR);
  const view = (side: Side): Promise<View> => house.keeper.view(side);
  await assert.rejects(view(moment(house.clock.now() + 1)), refused('bad-input', /that is in the future/, /"now"/));
  await assert.rejects(view({ kind: 'now', target: '99' }), refused('not-found', /target 99/, /rollcall targets/));
  await assert.rejects(view({ kind: 'now', target: '10.0.0.0/8.' }), refused('bad-input', /reading target/));
  await assert.rejects(view(BASELINE), refused('not-found', /baseline of everything: none was made/, /"rollcall baseline make"/));
  await assert.rejects(
    view({ kind: 'baseline', target: LAN }),
    refused('not-found', /10\.0\.0\.0\/24/, /"rollcall baseline make 10\.0\.0\.0\/24"/),
  );
  await assert.rejects(view({ kind: 'scan', id: 4711 }), refused('not-found', /scan 4711.*folded.*two days/, /compare moments instead/));
  await house.end();
});

const output = (hosts: KeptOutput['hosts']): KeptOutput => ({ hosts, scriptChoice: 'default', warnings: ['replaced a character'] });
const served = (version: string): KeptOutput['hosts'][number] => ({
  observation: { ...printer, ports: [port(80)] },
  scripts: [script('http-title', version)],
});

test('a scan is what its kept output says, scripts included, with the devices the store knows', async () => {
  const house = await stand({ config, script: () => ({ hosts: [printer, phone], coverage: covering([LAN], '80') }) });
  await house.clock.pass(5000);
  const [first] = await house.keeper.scans({ limit: 1 });
  await house.keeper.editDevices([1], { alias: 'laser' });
  house.reader.kept = output([served('1.0'), { observation: seen('10.0.0.77'), scripts: [] }]);
  const view = await house.keeper.view({ kind: 'scan', id: first?.id ?? 0 });
  assert.deepEqual([view.source, view.title, view.at, view.partial], ['scan', `scan ${first?.id}`, first?.finishedAt, null]);
  assert.deepEqual([view.scriptChoice, view.warnings], ['default', ['replaced a character']]);
  assert.deepEqual(
    view.entries.map(({ device }) => device),
    [1, null],
  );
  const { device, scripts } = view.read(0);
  assert.deepEqual([device.id, device.labels.alias, device.ports.length, scripts[0]?.output], [1, 'laser', 1, '1.0']);
  assert.equal(formatPorts(device.asked.tcp ?? []), '80');
  house.reader.kept = output([served('2.0')]);
  const later = await house.keeper.view({ kind: 'scan', id: first?.id ?? 0 });
  assert.deepEqual(told(view, later), ['10.0.0.1: script.changed http-title', '10.0.0.77: device.left']);
  await house.end();
});

test('a scan whose output is gone is what was believed at its end, as far as it looked', async () => {
  let answer: Answer = { hosts: [printer] };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(2 * HOUR);
  answer = { hosts: [phone], coverage: covering(['10.0.0.2']) };
  await house.clock.pass(HOUR);
  const [newest] = await house.keeper.scans({ limit: 1 });
  answer = { hosts: [] };
  await house.clock.pass(3 * HOUR);
  const view = await house.keeper.view({ kind: 'scan', id: newest?.id ?? 0 });
  assert.equal(gist(view), '2 present 10.0.0.2 in 10.0.0.2');
  assert.equal(view.title, `scan ${newest?.id} at ${new Date(newest?.finishedAt ?? 0).toISOString()}`, 'a moment says when in its title');
  assert.deepEqual(view.warnings, [`the output of scan ${newest?.id} is not kept, so this is what was believed when it ended`]);
  await house.end();
});

test('law 1: a scan that ended early says so; one that was stopped calls nobody absent; one that failed says nothing', async () => {
  let answer: Answer = {
    hosts: [printer, phone],
    outcome: 'partial',
    cause: { code: 'cut-off', text: 'it ended early' },
    coverage: covering(['10.0.0.1']),
  };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(5000);
  house.reader.kept = output([served('1.0'), { observation: phone, scripts: [] }]);
  const viewNewest = async (): Promise<View> => {
    const [newest] = await house.keeper.scans({ limit: 1 });
    return house.keeper.view({ kind: 'scan', id: newest?.id ?? 0 });
  };
  const partial = await viewNewest();
  assert.deepEqual([partial.partial, gist(partial)], ['it ended early', '1 present 10.0.0.1 in 10.0.0.1']);
  answer = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } };
  await house.clock.pass(HOUR);
  await assert.rejects(viewNewest(), refused('refused', /it failed \(eth0 has no carrier\)/, /rollcall scans/));
  answer = { hosts: [printer], takes: 2 * MINUTE };
  const { scan, done } = await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await assert.rejects(viewNewest(), refused('refused', /scan \d+: it still runs/));
  await house.clock.pass(MINUTE);
  await house.keeper.cancelScan(scan.id);
  await house.clock.pass(0);
  await done;
  const stopped = await house.keeper.view({ kind: 'scan', id: scan.id });
  assert.deepEqual([stopped.partial, coverageText(stopped.coverage).addresses], ['cancelled by hand', []]);
  await house.end();
});

test('the baseline is the newest moment kept of everything, or of a target and what holds it', async () => {
  let hosts = [printer];
  const house = await stand({ config, script: () => ({ hosts }) });
  await house.clock.pass(HOUR);
  const first = await house.keeper.makeBaseline({ target: null, by: 'ada', note: 'after the move' });
  assert.deepEqual(first, { id: 1, site: 'home', target: null, at: house.clock.now(), by: 'ada', note: 'after the move' });
  hosts = [printer, phone];
  await house.clock.pass(3 * HOUR);
  assert.deepEqual(await compared(house, BASELINE, NOW), ['10.0.0.2: device.appeared']);
  const view = await house.keeper.view({ kind: 'baseline', target: LAN });
  assert.deepEqual([view.source, view.at, view.title], ['baseline', first.at, `baseline of ${LAN} at ${new Date(first.at).toISOString()}`]);
  const [target] = house.keeper.targets();
  const second = await house.keeper.makeBaseline({ target: String(target?.target.id), by: null, note: null });
  assert.equal(second.target, LAN);
  assert.deepEqual(await compared(house, { kind: 'baseline', target: LAN }, NOW), []);
  assert.deepEqual(await compared(house, BASELINE, NOW), ['10.0.0.2: device.appeared'], 'that of a target is none of everything');
  const third = await house.keeper.makeBaseline({ target: 'home', by: null, note: null });
  assert.equal((await house.keeper.view({ kind: 'baseline', target: LAN })).at, third.at);
  assert.deepEqual(await house.keeper.baselines({ limit: 9 }), [third, second, first]);
  assert.deepEqual(await house.keeper.baselines({ limit: 9, target: LAN }), [second]);
  assert.deepEqual(await house.keeper.baselines({ limit: 1, target: 'home' }), [third]);
  house.clock.suspend(90 * DAY);
  await house.clock.pass(2 * HOUR);
  assert.equal(await gistOf(house, moment(first.at)), '1 present 10.0.0.1 in 10.0.0.0/24');
  await house.end();
});

test('what was never scanned cannot be how things should be', async () => {
  const house = await stand({ config: watching(), script: () => ({ hosts: [printer] }), idle: true });
  const make = (target: string | null) => house.keeper.makeBaseline({ target, by: null, note: null });
  await assert.rejects(make(null), refused('refused', /baseline of home: nothing was scanned there yet/, /rollcall scan/));
  const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await house.clock.pass(5000);
  await done;
  await assert.rejects(make(FAR), refused('refused', /baseline of 10\.0\.1\.0\/24/));
  assert.equal((await make('10.0.0.0/28')).target, '10.0.0.0/28');
  await house.end();
});

test('R32: a baseline made after the clock was set back holds what was known by then', async () => {
  const house = await stand({ config, script: () => ({ hosts: [printer] }) });
  await house.clock.pass(HOUR);
  house.clock.set(-2 * MINUTE);
  await house.keeper.makeBaseline({ target: null, by: null, note: null });
  assert.match(await gistOf(house, BASELINE), /^1 present 10\.0\.0\.1/);
  assert.match(await gistOf(house, NOW), /^1 present 10\.0\.0\.1 in 10\.0\.0\.0\/24/);
  await house.end();
});
