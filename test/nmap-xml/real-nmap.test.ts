// What the nmap of this machine writes today, scanning nothing but 127.0.0.1 and ports this test itself listens on.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { createNmapReader, type NmapEnding, type NmapProgress, observationOf, type XmlHost } from '../../src/nmap-xml/index.ts';
import { needs, toolPath } from '../needs.ts';
import { byteByByte, hearOurs, hearSaxes } from './events.ts';

const HOSTILE = '<script>alert(1)</script> ]]> & "\' -- \u0000\u001b[31m \u00e9\r\n';

interface Scan extends NmapEnding {
  readonly hosts: readonly XmlHost[];
  readonly progress: readonly NmapProgress[];
  readonly bytes: Buffer;
}

/** Reads a scan as it comes out of nmap; `stop` says when to kill it. */
async function scan(args: readonly string[], stop: (progress: readonly NmapProgress[]) => boolean = () => false): Promise<Scan> {
  const nmap: ChildProcessByStdio<null, Readable, null> = spawn(
    toolPath('nmap') ?? 'nmap',
    ['-n', '-Pn', '-sT', '-T4', ...args, '-oX', '-', '--', '127.0.0.1'],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
  );
  const [hosts, progress, chunks]: [XmlHost[], NmapProgress[], Buffer[]] = [[], [], []];
  const reader = createNmapReader({ onHost: (host) => hosts.push(host), onProgress: (news) => progress.push(news) });
  nmap.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    reader.write(chunk);
    if (stop(progress)) nmap.kill('SIGTERM');
  });
  await once(nmap, 'close');
  return { ...reader.end(), hosts, progress, bytes: Buffer.concat(chunks) };
}

describe('nmap itself', needs('nmap'), () => {
  let server: Server;
  let port: number;

  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(HOSTILE);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  after(() => server.close());

  it('is understood: ports it lists, ports it counts, and its end', async () => {
    const { ending, fault, hosts, finished, warnings } = await scan(['-p', `1-30,${port}`]);
    assert.deepEqual([ending, fault, warnings], ['complete', null, []]);
    assert.deepEqual([finished?.exit, finished?.up, finished?.total], ['success', 1, 1]);
    const seen = observationOf(hosts[0] as XmlHost, 7);
    assert.equal(seen?.address, '127.0.0.1');
    assert.equal(seen?.ports.find((listed) => listed.port === port)?.state, 'open');
    const counted = seen?.unlisted.reduce((sum, { count }) => sum + count, 0) ?? 0;
    assert.equal((seen?.ports.length ?? 0) + counted, 31);
  });

  it('asking a hostile service writes XML that saxes and we hear alike, byte by byte too', async () => {
    const { ending, hosts, bytes } = await scan(['-p', String(port), '-sV', '--version-intensity', '0']);
    assert.equal(ending, 'complete');
    const { events } = hearSaxes(bytes);
    assert.deepEqual(hearOurs([bytes]).events, events);
    assert.deepEqual(hearOurs(byteByByte(bytes)).events, events);
    const service = hosts[0]?.ports[0]?.service;
    assert.match(service?.servicefp ?? '', /<script>alert\\\(1\\\)<\/script>/);
    assert.doesNotMatch(JSON.stringify(observationOf(hosts[0] as XmlHost, 7)), /<script>/);
  });

  it('R6: killed while it works leaves a partial document without half a host', async () => {
    const args = ['-p', '1-60', '--max-rate', '5', '--stats-every', '1s'];
    const { ending, hosts, progress, finished } = await scan(args, (heard) => heard.length > 0);
    assert.deepEqual([ending, hosts, finished], ['partial', [], null]);
    assert.ok(progress.length > 0);
    for (const { percent, remaining } of progress) assert.ok(percent >= 0 && percent <= 100 && (remaining ?? 0) >= 0);
  });

  it('R8: giving up on a host says so, and its ports stay unknown', async () => {
    const { ending, hosts } = await scan(['-p', '1-60', '--max-rate', '5', '--host-timeout', '1s']);
    assert.equal(ending, 'complete');
    const seen = observationOf(hosts[0] as XmlHost, 7);
    assert.deepEqual([seen?.address, seen?.timedOut, seen?.ports, seen?.unlisted], ['127.0.0.1', true, [], []]);
  });
});
