// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { newProgram, type Program } from './program.ts';

/** Secrets that people type. Those the program makes itself join them. */
const TYPED = {
  first: 'canary01 hedgehog ladder',
  viewer: 'canary02 umbrella glass',
  changed: 'canary03 lantern of tin',
  wrong: 'canary04 never right',
  misplaced: 'canary05-typed-as-name',
  signing: 'canary06-signing-key',
  header: 'canary07-header',
  mail: 'canary08-mail',
  bearer: 'canary09-made-up-token',
} as const;

const LINK = /setup#(?<secret>rcl_[\w-]{22})/;

describe('S24: secrets that are planted', () => {
  let program: Program;
  /** What anybody was shown, beside what tells a secret on purpose. */
  const shown: string[] = [];
  const secrets: string[] = Object.values(TYPED);
  before(async () => {
    program = await newProgram({ config: '[self]\nwatch = false\n[listen]\nenabled = false\n[alerts]\nreach = ["127.0.0.1:9"]\n' });
  });
  after(async () => {
    await program.run('stop');
    await program.end();
  });

  interface Order {
    readonly say?: object;
    readonly proof?: Record<string, string>;
  }

  async function ask(path: string, { say, proof = {} }: Order = {}): Promise<Response> {
    const answer = await fetch(`http://127.0.0.1:${program.port}${path}`, {
      method: say ? 'POST' : 'GET',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...proof },
      ...(say ? { body: JSON.stringify(say) } : {}),
    });
    // The one place where a cookie may stand.
    const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    shown.push(
      `${answer.status} ${path} ${JSON.stringify(headers)} ${await answer
        .clone()
        .text()
        .catch(() => '')}`,
    );
    return answer;
  }

  async function enter(path: string, say: object): Promise<Record<string, string>> {
    const answer = await ask(`/api/v1/access/${path}`, { say });
    const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    assert.equal(answer.status, 200, shown.at(-1) ?? path);
    secrets.push(cookie.slice(cookie.indexOf('=') + 1));
    return { cookie };
  }

  async function type(input: string, ...words: string[]): Promise<void> {
    const ran = await program.feed(input, ...words);
    shown.push(ran.stdout, ran.stderr);
  }

  /** Every process of ours: what any user of this machine may read of it, and what its owner may. */
  function processes(): string[] {
    const pid = readFileSync(join(program.data, 'rollcall.pid'), 'utf8').trim().split(/\s/)[0] ?? '';
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return [pid, ...children].flatMap((one) => ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${one}/${file}`, 'latin1')));
  }

  test('none is in an answer, a log, a message, a command line or an environment, whatever was done with it', async () => {
    const started = await program.run('start');
    const link = LINK.exec(started.stdout)?.groups?.['secret'] ?? '';
    secrets.push(link);
    await enter('setup', { secret: link, name: 'anna', password: TYPED.first });
    await ask('/api/v1/access/setup', { say: { secret: link, name: 'eve', password: TYPED.wrong } });
    const anna = await enter('sign-in', { name: 'anna', password: TYPED.first });
    await type(`${TYPED.viewer}\n`, 'user', 'add', 'bert', '--role', 'viewer', '--password-stdin');
    const bert = await enter('sign-in', { name: 'bert', password: TYPED.viewer });
    for (const name of ['anna', TYPED.misplaced]) await ask('/api/v1/access/sign-in', { say: { name, password: TYPED.wrong } });
    await ask('/api/v1/access/sign-in', { say: { name: 7, password: { x: TYPED.wrong } } });
    await ask('/api/v1/access/password', { say: { old: TYPED.wrong, password: TYPED.changed }, proof: bert });
    await ask('/api/v1/status', { proof: { authorization: `Bearer ${TYPED.bearer}` } });
    const made = await fetch(`http://127.0.0.1:${program.port}/api/v1/tokens`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...anna },
      body: JSON.stringify({ name: 'program', scopes: ['read'] }),
    });
    const token = ((await made.json()) as { secret: string }).secret;
    secrets.push(token, (await program.run('token')).stdout.trim());
    assert.ok(secrets.length >= 12 && secrets.every((secret) => secret.length >= 12), JSON.stringify(secrets.map(({ length }) => length)));
    const file = join(program.data, '..', 'header');
    writeFileSync(file, TYPED.header);
    await type(TYPED.signing, 'channel', 'add', 'hook', 'webhook', 'url=http://127.0.0.1:9/hook', 'secret=-', `headers.X-Key=@${file}`);
    await type(`smtp://me:${TYPED.mail}@127.0.0.1:9`, 'channel', 'add', 'post', 'email', 'to=a@lan.example', 'from=r@lan.example', 'url=-');
    const channels: { name: string }[] = await program.json('channel');
    assert.ok(
      ['hook', 'post'].every((name) => channels.some((one) => one.name === name)),
      shown.at(-2) ?? '',
    );
    for (const channel of ['hook', 'post']) await ask(`/api/v1/channels/${channel}/test`, { say: {}, proof: anna });
    const document = (await (await ask('/api/v1/openapi.json', { proof: bert })).json()) as { paths: Record<string, { get?: object }> };
    const paths = Object.keys(document.paths).filter((path) => document.paths[path]?.get && !/live|download/.test(path));
    for (const path of paths) for (const proof of [{}, bert, anna]) await ask(path.replace(/\{\w+\}/g, '1'), { proof });
    for (const words of [
      'doctor',
      'status',
      'user',
      'token list',
      'channel',
      'channel test hook',
      'channel test post',
      'audit',
      'outbox --all',
    ])
      for (const more of [[], ['--json']]) await type('', ...words.split(' '), ...more);
    const logs = globSync(join(program.data, '*.log')).map((path) => readFileSync(path, 'utf8'));
    assert.ok(logs.join('').length > 0 && shown.length > 100, `${shown.length} answers`);
    for (const [what, texts] of Object.entries({ shown, logs, processes: processes() }))
      for (const secret of secrets) {
        const where = texts.find((text) => text.includes(secret));
        assert.equal(where?.slice(0, 300), undefined, `${secret} in ${what}`);
      }
  });
});
