// Shares the machine: it waits for what is heard, and measures nothing.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, startTalker } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Change = { kind: string; scan: number; device: { id: number } | null; after: Record<string, unknown> | null };
type Scan = { id: number; plan: string; subject: string; commands: string[][]; outcome: string };

/** Swept so seldom that nobody new can be seen but by listening. */
const config = (block: string): string =>
  `[self]\nwatch = false\n[[target]]\ntarget = "${block}"\nplans = [{ plan = "sweep", every = "2h" }, { plan = "ports", at = "0 3 * * *" }]\n`;

describe('a daemon that listens on a LAN', needs('nmap', 'netns', 'python3', 'tcpdump'), () => {
  let lan: Lan;
  let program: Program;
  before(async () => {
    lan = await createLan({ hosts: 5 });
    program = await newProgram({ config: config(lan.block), prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    await program.daemon();
    await until(
      'the first sweep and port scan',
      async () => {
        const done = (await scans()).filter(({ outcome }) => outcome === 'complete').map(({ plan }) => plan);
        return done.includes('sweep') && done.includes('ports');
      },
      60_000,
    );
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  const changes = (): Promise<Change[]> => program.json('changes', '--limit', '1000');
  const scans = (): Promise<Scan[]> => program.json('scans');
  const appearedAt = async (address: string): Promise<Change | undefined> =>
    (await changes()).find(
      ({ kind, after: is }) => kind === 'device.appeared' && JSON.stringify(is?.['addresses']).includes(`"${address}"`),
    );

  test('tells of a newcomer that announces itself, without any sweep', async () => {
    const talker = await startTalker(lan);
    await talker.announce({ mac: '00:1b:a9:12:34:56', address: '10.77.0.99' });
    await until('the newcomer', async () => (await appearedAt('10.77.0.99')) !== undefined);
    const change = (await appearedAt('10.77.0.99')) as Change;
    assert.deepEqual(change.after?.['macs'], ['00:1b:a9:12:34:56']);
    assert.match(String(change.after?.['vendor']), /brother/i);
    const scan = (await scans()).find(({ id }) => id === change.scan);
    assert.equal(scan?.plan, 'listen');
    assert.ok(scan.commands.flat().some((word) => word.endsWith('tcpdump')));
    await talker.stop();
  });

  test('tells on the live stream that a person is home, by the first word of the phone, without any sweep', async () => {
    const phone = { mac: '00:1b:a9:12:34:57', address: '10.77.0.98' };
    const talker = await startTalker(lan);
    await talker.announce(phone);
    await until('the phone', async () => (await appearedAt(phone.address)) !== undefined);
    const words = ['--owner', 'Anna', '--type', 'phone', '--group', 'kids', '--window', '0s'];
    const set = await program.run('device', 'set', phone.address, ...words);
    assert.equal(set.code, 0, set.stderr);
    await program.json('scan', lan.block, '--plan', 'sweep');
    await until('Anna to have left', async () => (await changes()).some(({ kind }) => kind === 'person.left'));
    await using live = await followLive(program.data);
    const last = Math.max(...(await scans()).map(({ id }) => id));
    await talker.announce(phone);
    await until('Anna to be home', () => live.told.some(({ kind }) => kind === 'person.arrived'));
    const [returned, person, group] = ['device.returned', 'person.arrived', 'group.first-arrived'].map((wanted) =>
      live.told.find(({ kind }) => kind === wanted),
    );
    assert.deepEqual([person?.after?.['name'], group?.after?.['name']], ['Anna', 'kids']);
    assert.equal(person?.scan, returned?.scan, 'with the phone itself');
    const since = (await scans()).filter(({ id }) => id > last);
    assert.ok(since.length > 0 && since.every(({ plan }) => plan === 'listen'), JSON.stringify(since));
    await talker.stop();
  });

  test('looks at a real newcomer at once, and describes it with its ports', async () => {
    const host = await lan.arrive();
    await lan.open(host, 8080, 'HTTP/1.0 200 OK\r\n\r\n');
    // It speaks up, as everybody does who wants something.
    await lan.run(['ping', '-c', '1', '-W', '1', host.address]).catch(() => undefined);
    await lan.run(['arp-scan', '-I', lan.probe.iface, host.address]);
    await until(
      'its description',
      async () =>
        (await changes()).some(({ kind, after: is }) => kind === 'device.described' && JSON.stringify(is?.['macs']).includes(host.mac)),
      60_000,
    );
    const described = (await changes()).filter(({ kind }) => kind === 'device.described').at(-1);
    assert.deepEqual(described?.after?.['openPortNumbers'], [8080]);
  });
});

/** The changes that the live stream of a daemon tells from now on. */
async function followLive(data: string): Promise<AsyncDisposable & { readonly told: readonly Change[] }> {
  const told: Change[] = [];
  const asking = request({ socketPath: join(data, 'rollcall.sock'), path: '/api/v1/live', headers: { accept: 'text/event-stream' } });
  const begun = Promise.withResolvers<void>();
  asking.on('error', begun.reject);
  asking.on('response', (answer) => {
    begun.resolve();
    let text = '';
    answer.on('error', () => {}); // it is we who hang up
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines)
        if (line.startsWith('data:')) told.push(...((JSON.parse(line.slice(5)) as { changes?: Change[] }).changes ?? []));
    });
  });
  asking.end();
  await begun.promise;
  return { told, [Symbol.asyncDispose]: async () => void asking.destroy() };
}
