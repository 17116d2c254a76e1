import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import type { JsonObject } from '../../src/core/index.ts';
import { byHttp, headerNames } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { httpSink, type Recorded } from './sinks/http-sink.ts';
import { alert, message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';

const CANARIES = ['canary-key-of-apprise', 'pover://canary-user@canary-token'] as const;

/** As the Apprise API reads a body: what it does not know it refuses. */
function read(request: Recorded) {
  const page = JSON.parse(request.body) as { readonly [name: string]: string };
  const { title = '', body = '', type, format, ...rest } = page;
  assert.ok(['info', 'success', 'warning', 'failure'].includes(type ?? ''), `type ${type}`);
  assert.equal(format, 'text', 'markdown and HTML would be read as such');
  assert.deepEqual(
    Object.keys(rest).filter((name) => !['urls', 'tag'].includes(name)),
    [],
  );
  assert.ok(title.length <= 250 && body.length <= 10_000);
  return { id: null, texts: [title, body], shape: [...headerNames(request), ...Object.keys(page)] };
}

const contract = (options: (url: string) => JsonObject, canary: string): void =>
  channelContract(
    byHttp({
      kind: 'apprise',
      canaries: [canary],
      options,
      taken: { status: 200, body: '{"error": null}' },
      read,
      broken: [
        [{ url: 'gopher://x' }, 'url'],
        [{ key: undefined, urls: undefined }, 'key'],
        [{ key: 'a/../b' }, 'key'],
        [{ urls: [] }, 'urls'],
        [{ urls: ['pover://a b'] }, 'urls'],
        [{ key: 'x', urls: ['pover://a'] }, 'urls'],
        [{ key: undefined, key_file: undefined, urls: ['pover://a'], tag: 'x' }, 'key'],
      ],
    }),
  );

contract((url) => ({ url, key: CANARIES[0], tag: 'ops' }), CANARIES[0]);
contract((url) => ({ url: `${url}/`, urls: [CANARIES[1]] }), CANARIES[1]);

test('an Apprise server is asked by key and tag, or is given the URLs', async () => {
  const sink = await httpSink();
  const world = worldOf([sink.reach]);
  await (await opened('apprise', { url: `${sink.url}/apprise`, key: 'home', tag: 'ops' }, world)).send(message(), NEVER);
  await (await opened('apprise', { url: sink.url, urls: ['pover://a@b', 'mailto://c'] }, world)).send(
    message({ alert: alert({ kind: 'resolved' }) }),
    NEVER,
  );
  const [byKey, byUrls] = sink.requests;
  assert.deepEqual([byKey?.path, byUrls?.path], ['/apprise/notify/home', '/notify']);
  assert.deepEqual(JSON.parse(byKey!.body), {
    title: 'nas.lan left',
    body: 'nas.lan left, last seen 00:58\n',
    type: 'warning',
    format: 'text',
    tag: 'ops',
  });
  assert.deepEqual([JSON.parse(byUrls!.body).urls, JSON.parse(byUrls!.body).type], ['pover://a@b,mailto://c', 'success']);
  await sink.stop();
});

test('nobody behind a key is a refusal, and one that could not be reached is tried again', async () => {
  const sink = await httpSink();
  const channel = await opened('apprise', { url: sink.url, key: 'home' }, worldOf([sink.reach]));
  sink.answerWith({ status: 204 });
  const nobody = refused(await channel.send(message(), NEVER));
  assert.deepEqual([nobody.what, nobody.again], ['channel', false]);
  assert.match(nobody.reason, /has nobody to tell/);
  sink.answerWith({ status: 424, body: '{"error":"One or more notification could not be sent."}' });
  const one = refused(await channel.send(message(), NEVER));
  assert.equal(one.again, true);
  assert.match(one.reason, /could not be sent/);
  await sink.stop();
});

test('a page of something else that answers there is no delivery, and what a URL says beside its path is not for the server', async () => {
  const sink = await httpSink();
  const channel = await opened('apprise', { url: `${sink.url}/apprise?lang=en`, key: 'home' }, worldOf([sink.reach]));
  sink.answerWith({ status: 200, headers: { 'content-type': 'text/html' }, body: '\n<!DOCTYPE html><html><form>Sign in</form></html>' });
  const page = refused(await channel.send(message(), NEVER));
  assert.deepEqual([page.what, page.again], ['channel', false]);
  assert.match(page.reason, /not as Apprise does/);
  assert.equal(sink.requests[0]?.path, '/apprise/notify/home');
  // How older servers tell, and what logs are as a page.
  for (const body of ['Notification(s) sent.', '<ul class="logs"><li class="log_INFO">sent</li></ul>', '']) {
    sink.answerWith({ status: 200, body });
    assert.equal((await channel.send(message(), NEVER)).outcome, 'delivered', body);
  }
  await sink.stop();
});

test('key and URLs may stand in files, one URL in a line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-apprise-'));
  const [key, urls] = [join(folder, 'key'), join(folder, 'urls')];
  writeFileSync(key, `${CANARIES[0]}\n`);
  writeFileSync(urls, `${CANARIES[1]}\r\nmailto://c\n`);
  const sink = await httpSink();
  sink.answerWith((request) => ({ status: 400, body: `no: ${request.path} ${request.body}` }));
  const world = worldOf([sink.reach]);
  for (const options of [{ key_file: key, tag: 'ops' }, { urls_file: urls }]) {
    assert.deepEqual(createChannelMaker(world).check('apprise', { url: sink.url, ...options }), []);
    const { reason } = refused(await (await opened('apprise', { url: sink.url, ...options }, world)).send(message(), NEVER));
    for (const canary of CANARIES) assert.ok(!reason.includes(canary), reason);
  }
  assert.deepEqual(
    [sink.requests[0]?.path, JSON.parse(sink.requests[1]!.body).urls],
    [`/notify/${CANARIES[0]}`, `${CANARIES[1]},mailto://c`],
  );
  await assert.rejects(opened('apprise', { url: sink.url, key_file: join(folder, 'none') }, world), {
    code: 'unavailable',
    message: /reading key_file .*: there is no such file/,
  });
  await assert.rejects(opened('apprise', { url: sink.url, key_file: '/dev/zero' }, world), {
    code: 'unavailable',
    message: /it is no file/,
  });
  await sink.stop();
  rmSync(folder, { recursive: true });
});
