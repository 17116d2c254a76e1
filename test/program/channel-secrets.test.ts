// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Ended, newProgram, type Program } from './program.ts';

const [KEY, HEADER] = ['canary-5f1e-signing-key', 'canary-77ab-header'];

interface Sink {
  readonly port: number;
  readonly heard: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  readonly server: Server;
}

/** A receiver that says back whatever it was told: the worst that can happen to a secret. */
async function echo(): Promise<Sink> {
  const heard: Sink['heard'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.setHeader('X-Echo', String(request.headers['x-key']));
      response.end(`you said ${String(request.headers['x-key'])} by ${KEY}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as { port: number }).port, heard, server };
}

describe('a channel with secrets, typed', () => {
  let [program, sink]: [Program?, Sink?] = [];
  before(async () => {
    sink = await echo();
    const quiet = '[listen]\nenabled = false\n[self]\nwatch = false\n';
    program = await newProgram({ config: `${quiet}[alerts]\nreach = ["127.0.0.1:${sink.port}"]\n` });
  });
  after(async () => {
    sink?.server.closeAllConnections();
    sink?.server.close();
    await program?.end();
  });

  test('S24: it is used, and shown nowhere: not by any list, not by its test, not by HTTP, not by what refuses it, not in the log', async () => {
    assert.ok(program && sink);
    const { run, feed, data, port } = program;
    const daemon = await program.daemon('--verbose');
    const file = join(data, 'header');
    writeFileSync(file, `${HEADER}\n`);
    const url = `http://127.0.0.1:${sink.port}/hook`;
    const said: Ended[] = [];
    const say = async (ended: Promise<Ended>, code: number): Promise<Ended> => {
      const told = await ended;
      said.push(told);
      assert.equal(told.code, code, told.stderr + told.stdout);
      return told;
    };
    await say(feed(KEY, 'channel', 'add', 'hook', 'webhook', `url=${url}`, 'secret=-', `headers.X-Key=@${file}`), 0);
    for (const words of [['channel'], ['channel', 'show', 'hook'], ['rule'], ['outbox', '--all'], ['incidents', '--all'], ['status']]) {
      await say(run(...words), 0);
      await say(run(...words, '--json'), 0);
    }
    const tested = await say(run('channel', 'test', 'hook'), 0);
    assert.match(tested.stdout, /^> .*POST /m);
    assert.match(tested.stdout, /\nhook: delivered/);
    const [{ headers, body } = { headers: {}, body: '' }] = sink.heard;
    assert.equal(headers['x-key'], HEADER, 'it is the secret that went out');
    assert.match(String(headers['x-rollcall-signature']), /^sha256=[0-9a-f]{64}$/);
    assert.ok(!body.includes('canary'));
    // What is set otherwise leaves the secrets as they were.
    await say(run('channel', 'set', 'hook', 'method=PUT', '--ttl', '1d'), 0);
    await say(run('channel', 'test', 'hook', '--json'), 0);
    assert.equal(sink.heard[1]?.headers['x-key'], HEADER);
    await say(feed(`${KEY}\nof two lines`, 'channel', 'set', 'hook', 'secret=-'), 2);
    await say(run('channel', 'set', 'hook', 'secret=@/nowhere'), 2);
    await say(run('channel', 'add', 'hook', 'webhook', `url=${url}`), 2);
    const token = (await run('token')).stdout.trim();
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    const overHttp = [
      await ask('/channels'),
      await ask('/channels/hook/test', { method: 'POST' }),
      await ask('/channels/hook', { method: 'PATCH', body: JSON.stringify({ options: { secret: { wrong: KEY } } }) }),
      await ask('/channels', {
        method: 'POST',
        body: JSON.stringify({ name: 'x', kind: 'webhook', options: { url: KEY, secret: 'short' } }),
      }),
      await ask('/channels/hook', { method: 'DELETE' }),
    ];
    const texts = await Promise.all(overHttp.map((answer) => answer.text()));
    assert.deepEqual(
      overHttp.map(({ status }) => status),
      [200, 200, 400, 400, 200],
      texts.join('\n'),
    );
    const { stdout, stderr } = await daemon.stop();
    for (const text of [...said.flatMap((one) => [one.stdout, one.stderr]), ...texts, stdout, stderr])
      assert.ok(!text.includes('canary'), text);
    const kept = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));
    for (const name of kept) assert.ok(!readFileSync(join(data, name), 'utf8').includes('canary'), name);
  });

  test('a receiver that is not there is exit code 1, with the remedy', async () => {
    assert.ok(program && sink);
    const { run } = program;
    sink.server.closeAllConnections();
    await new Promise((resolve) => sink?.server.close(resolve));
    const added = await run('channel', 'add', 'gone', 'webhook', `url=http://127.0.0.1:${sink.port}/hook`);
    assert.equal(added.code, 0, added.stderr);
    const { code, stdout } = await run('channel', 'test', 'gone');
    assert.equal(code, 1);
    assert.match(stdout, /gone: not delivered, .+\n {2}remedy: /);
    const refused = await run('channel', 'add', 'inside', 'webhook', 'url=http://192.168.77.1/hook');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /add "192\.168\.77\.1" to reach under \[alerts\]/);
  });
});
