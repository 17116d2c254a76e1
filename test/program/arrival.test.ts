import assert from 'node:assert/strict';
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
