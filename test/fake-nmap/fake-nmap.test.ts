import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs } from '../needs.ts';
// @ts-expect-error plain JavaScript, so that the fake runs on any Node
import { hostAt } from './world.js';

const FAKE = fileURLToPath(new URL('./nmap', import.meta.url));

async function output(args: readonly string[]): Promise<string> {
  const child = spawn(FAKE, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: '/usr/bin:/bin' } });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return text;
}

test('it says a version that nmap could say', async () => {
  assert.match(await output(['--version']), /^Nmap version 7\.\d+/);
});

test('a sweep counts every address it was asked, and host 1 is always there', async () => {
  const text = await output(['-n', '-oX', '-', '-sn', '--', '127.0.0.0/29', '127.0.0.8']);
  assert.match(text, /<address addr="127\.0\.0\.1" addrtype="ipv4"\/>/);
  const [, up, down] = /<hosts up="(\d+)" down="(\d+)" total="9"\/>/.exec(text) ?? [];
  assert.equal(Number(up) + Number(down), 9);
  assert.match(text, /<finished [^>]*exit="success"\/>[\s\S]*<\/nmaprun>\s*$/);
});

test('what a port scan lists and what it leaves out add up to what was asked', async () => {
  const text = await output(['-oX', '-', '-sT', '-p', '1-1000', '-sV', '--', '127.0.0.1']);
  const listed = text.match(/<port /g)?.length ?? 0;
  assert.equal(listed + Number(/<extraports state="closed" count="(\d+)"/.exec(text)?.[1]), 1000);
  assert.match(text, /product="OpenSSH"/);
});

test('the world changes by itself: somebody leaves, a port opens', () => {
  const scenes = Array.from({ length: 40 }, (_, i) => i * 20_000);
  const presence = scenes.map((now) => hostAt(3, now) !== undefined);
  assert.ok(presence.includes(true) && presence.includes(false));
  const ports = scenes.map((now) => 8080 in hostAt(1, now).services);
  assert.ok(ports.includes(true) && ports.includes(false));
});

test('real XML, by the judgement of Python’s parser', needs('python3'), async () => {
  const text = await output(['-oX', '-', '-sn', '--', '10.0.0.0/28']);
  const child = spawn('python3', ['-c', 'import sys, xml.dom.minidom as m; print(len(m.parse(sys.stdin).getElementsByTagName("host")))'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(text);
  let count = '';
  for await (const chunk of child.stdout) count += String(chunk);
  assert.equal(Number(count), text.match(/<host /g)?.length);
});
