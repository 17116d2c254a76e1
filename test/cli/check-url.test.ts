import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fakeKeeper, PRINTER, roll, scan, TARGET } from '../http/fake-keeper.ts';
import { openDoor, TOKEN } from '../http/open-door.ts';
import { emptyFolder, NOW, type Ran, rollcall } from './fake-world.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
});

async function serverWith(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function tokenFile(token: string): string {
  const file = join(emptyFolder(), 'token');
  writeFileSync(file, `${token}\n`);
  return file;
}

const check = (url: string, words: readonly string[] = [], token = TOKEN): Promise<Ran> =>
  rollcall(['check', '--url', url, '--token-file', tokenFile(token), ...words], { world: { quit: () => {} } });

suite('a check over HTTP', () => {
  const ONE = { packets: 1, seconds: 1 };
  const status = {
    target: TARGET,
    blind: false,
    plans: [
      {
        plan: 'sweep' as const,
        cadence: { kind: 'every' as const, every: 60_000 },
        nextAt: null,
        lastScan: scan({ plan: 'sweep', startedAt: NOW - 32_000, finishedAt: NOW - 30_000 }),
        running: null,
        skipped: 0,
        putOff: null,
        cost: { plan: 'sweep' as const, addresses: 1, present: 1, forecast: { likely: ONE, worst: ONE }, measured: null },
      },
    ],
  };

  test('asks a daemon with its token, below a path, too', async () => {
    const keeper = fakeKeeper({ targets: () => [status], roll: () => roll([PRINTER]) });
    await using open = await openDoor({ keeper });
    const { code, out } = await check(`${open.url}/`);
    assert.deepEqual([code, out], [0, 'ROLLCALL OK - 1 host present | present=1 away=0 unknown=0 age=30s;;;0\n']);
    const wrong = await check(open.url, [], 'not-the-right-token');
    assert.deepEqual([wrong.code, wrong.out.slice(0, 60)], [3, 'ROLLCALL UNKNOWN - recognising the caller: what it shows is ']);
  });

  test('needs no state folder, and makes none', async () => {
    const keeper = fakeKeeper({ targets: () => [status], roll: () => roll([PRINTER]) });
    await using open = await openDoor({ keeper });
    const words = ['check', '--url', open.url, '--token-file', tokenFile(TOKEN), '--data', '/nowhere/at/all'];
    assert.equal((await rollcall(words)).code, 0);
  });

  test('S20: the token goes nowhere but where it was sent', async () => {
    let carried = 0;
    const thief = await serverWith((request, response) => {
      carried += Number(request.headers.authorization !== undefined);
      response.end('{}');
    });
    const redirecting = await serverWith((_, response) => void response.writeHead(307, { location: `${thief}/rpc/devices/list` }).end());
    const { code, out } = await check(redirecting);
    assert.deepEqual([code, carried], [3, 0]);
    assert.match(out, /^ROLLCALL UNKNOWN - asking the daemon at http:\/\/127\.0\.0\.1:\d+: .*redirect/);
    for (const url of ['http://rollcall.example', 'http://192.0.2.1:9090', 'http://localhost.example:9090']) {
      const refused = await check(url);
      assert.equal(refused.code, 3);
      assert.match(refused.out, /the token would cross the network unencrypted, remedy: use https:\/\//);
    }
  });

  test('a URL that can never work, and a file without a token, are told', async () => {
    for (const url of ['', 'ftp://127.0.0.1', 'file:///etc/passwd', '127.0.0.1:9090', 'http://ada:secret@127.0.0.1:9090']) {
      const { code, out } = await check(url);
      assert.equal(code, 3, url);
      assert.match(out, /^ROLLCALL UNKNOWN - reading --url.*, remedy: /, url);
      assert.doesNotMatch(out, /secret|error/, url);
    }
    assert.match((await check('http://127.0.0.1:9090', [], 'short')).out, /it holds no token of 16 characters or more/);
  });

  test('whoever is not there, is no Rollcall, or says nothing is unknown', async () => {
    assert.match((await check('http://127.0.0.1:1')).out, /^ROLLCALL UNKNOWN - asking the daemon at http:\/\/127\.0\.0\.1:1: /);
    const stranger = await serverWith((_, response) => void response.setHeader('content-type', 'text/html').end('<h1>hello|there</h1>'));
    const told = await check(stranger);
    assert.equal(told.code, 3);
    assert.match(told.out, /^ROLLCALL UNKNOWN - [^|\n]+\n$/);
    const gone = Promise.withResolvers<void>();
    const mute = await serverWith((_, response) => void response.on('close', () => gone.resolve()));
    const late = await check(mute, ['-t', '1']);
    assert.deepEqual([late.code, late.out], [3, 'ROLLCALL UNKNOWN - no answer within 1 s\n']);
    await gone.promise; // the request was let go
  });
});
