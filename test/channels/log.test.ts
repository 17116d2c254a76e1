import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jsonTexts } from '../contracts/channel/by-http.ts';
import { HOSTILE } from '../contracts/channel/hostile.ts';
import { channelContract, type Heard, type Stage } from '../contracts/channel.ts';
import { message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-log-')));
after(() => rmSync(folder, { recursive: true }));

let made = 0;
const fresh = (): string => join(folder, `alerts-${made++}.jsonl`);

const linesIn = (path: string): string[] => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  assert.ok(text === '' || text.endsWith('\n'), 'a line has no end');
  return text.split('\n').slice(0, -1);
};

const heardIn = (path: string): Heard[] =>
  linesIn(path).map((line) => {
    const told = JSON.parse(line);
    const texts = jsonTexts(told);
    return { id: told.id, texts: texts.map(({ text }) => text), shape: texts.map((one) => one.path) };
  });

channelContract({
  kind: 'log',
  canaries: [],
  hangs: false,
  refusals: {},
  broken: [
    [{ path: undefined }, 'path'],
    [{ path: 'alerts.log' }, 'path'],
    [{ path: '/tmp/../etc/x.log' }, 'path'],
    [{ path: '/etc/cron.d/rollcall' }, 'path'],
    [{ path: '/root/.bashrc' }, 'path'],
    [{ path: '/tmp/.log' }, 'path'],
    [{ path: '/dev/x.log' }, 'path'],
    [{ path: '/proc/self/x.log' }, 'path'],
    [{ path: '/tmp/a\n.log' }, 'path'],
    [{ path: 7 }, 'path'],
    [{ ca: '/x.pem' }, 'ca'],
  ],
  async set(): Promise<Stage> {
    const path = fresh();
    return { options: { path }, heard: () => heardIn(path), behave: () => {}, stop: async () => {} };
  },
});

test('a line says when, what, of which device; the file is for its owner alone', async () => {
  const path = fresh();
  const channel = await opened('log', { path }, worldOf());
  await channel.send(message(), NEVER);
  assert.deepEqual(JSON.parse(linesIn(path)[0]!), {
    time: '2026-11-28T01:02:03.000Z',
    made: '2026-11-28T01:00:01.000Z',
    id: 'home-12-opened-ops',
    title: 'nas.lan left',
    text: 'nas.lan left, last seen 00:58\n',
    site: 'home',
    kind: 'opened',
    urgency: 'high',
    rule: 'important-left',
    incident: 12,
    changes: [
      {
        seq: 41,
        change: 'device.left',
        text: 'nas.lan left, last seen 00:58',
        device: 'nas.lan',
        address: '10.0.0.7',
        mac: '52:54:00:12:34:56',
      },
    ],
    more: 0,
  });
  assert.equal(statSync(path).mode & 0o777, 0o600);
  await channel.close?.();
});

test('a file that others rotate away is begun anew, and none is lost', async () => {
  const path = fresh();
  const channel = await opened('log', { path }, worldOf());
  await channel.send(message({ id: 'a' }), NEVER);
  renameSync(path, `${path}.1`);
  await channel.send(message({ id: 'b' }), NEVER);
  rmSync(path);
  await channel.send(message({ id: 'c' }), NEVER);
  writeFileSync(path, '');
  await Promise.all(['d', 'e', 'f'].map((id) => channel.send(message({ id }), NEVER)));
  await channel.close?.();
  await channel.send(message({ id: 'g' }), NEVER);
  await channel.close?.();
  assert.deepEqual(
    [...heardIn(`${path}.1`), ...heardIn(path)].map(({ id }) => id),
    ['a', 'd', 'e', 'f', 'g'],
  );
});

test('S25: what is no log of ours is never written to', async () => {
  const victims: Readonly<Record<string, (path: string) => void>> = {
    'it is a link': (path) => symlinkSync(join(folder, 'target'), path),
    'it has another name': (path) => {
      writeFileSync(`${path}.other`, '');
      linkSync(`${path}.other`, path);
    },
    'it is no file': (path) => mkdirSync(path),
    'it holds something else': (path) => writeFileSync(path, '#!/bin/sh\n'),
  };
  for (const [reason, prepare] of Object.entries(victims)) {
    const path = fresh();
    prepare(path);
    const channel = await opened('log', { path }, worldOf());
    const delivery = refused(await channel.send(message(), NEVER));
    assert.ok(delivery.reason.includes(reason), delivery.reason);
    assert.deepEqual([delivery.what, delivery.again], ['channel', false], reason);
    if (reason === 'it holds something else') assert.equal(readFileSync(path, 'utf8'), '#!/bin/sh\n');
  }
  assert.equal(existsSync(join(folder, 'target')), false);
  const pipe = fresh();
  execFileSync('mkfifo', [pipe]);
  assert.match(refused(await (await opened('log', { path: pipe }, worldOf())).send(message(), NEVER)).reason, /it is no file/);
  const link = join(folder, 'way');
  symlinkSync(folder, link);
  const round = refused(await (await opened('log', { path: join(link, 'x.log') }, worldOf())).send(message(), NEVER));
  assert.match(round.reason, /its folder is reached by a link/);
});

test('a folder that is not there, or a disk that is full, is told, and it goes on when there is room', async () => {
  const missing = await opened('log', { path: join(folder, 'nowhere', 'x.log') }, worldOf());
  const { what, again, reason } = refused(await missing.send(message(), NEVER));
  assert.deepEqual([what, again], ['channel', true]);
  assert.match(reason, /^writing \/.*: there is no such folder$/);
  mkdirSync(join(folder, 'nowhere'));
  assert.equal((await missing.send(message(), NEVER)).outcome, 'delivered');
  await missing.close?.();
});

test('S5: a line stays one for readers that take other signs for its end', async () => {
  const path = fresh();
  const channel = await opened('log', { path }, worldOf());
  for (const attack of HOSTILE) await channel.send(message({ subject: attack, text: attack }), NEVER);
  await channel.close?.();
  const bytes = readFileSync(path, 'utf8');
  assert.equal(bytes.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).length, HOSTILE.length + 1);
  assert.doesNotMatch(bytes, /\x1b/);
});
