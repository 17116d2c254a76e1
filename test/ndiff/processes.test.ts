/** Ndiff and Rollcall as processes: what only a process shows (names, streams, users), and that runs without one are as good. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs, toolPath } from '../needs.ts';
import { ROLLCALL } from '../program/program.ts';
import { needsReference } from './needs-reference.ts';
import { runOurs } from './ours.ts';
import { MODES, type Mode, pairOf } from './pairs.ts';
import { Programs, ranOf, type Start } from './programs.ts';
import { type Judgement, type Ran, Reference } from './reference.ts';
import { host, hosts, names, run } from './situations/documents.ts';
import { died, disagreement } from './verdict.ts';

describe('ndiff and rollcall as processes', needsReference(), () => {
  let programs: Programs;
  let [a, b]: string[] = [];
  before(() => {
    programs = new Programs();
    const pair = hosts(names('x', 'y'), names('x', 'é😀'));
    [a, b] = [programs.path('a.xml'), programs.path('b.xml')];
    writeFileSync(a, pair.a);
    writeFileSync(b, pair.b);
  });
  after(() => programs.remove());

  /** Both, with the same words. */
  async function same(start: Start): Promise<Ran> {
    const [theirs, ours] = await Promise.all([programs.theirs(start), programs.ours(start)]);
    const fault = disagreement({ ...theirs, traceback: died(theirs) }, ours);
    if (fault !== undefined) assert.fail(`${JSON.stringify(start)}: ${fault}`);
    return ours;
  }

  for (const words of [['-h'], [], ['-z'], ['--te=x', 'a'], ['a'], ['a', 'b', 'c'], ['--', '-h'], ['nowhere', 'b'], ['--xml', '--text']])
    test(`called by a link: ndiff ${words.join(' ')}`, async () => {
      await same({ argv: words });
    });

  for (const mode of MODES)
    test(`called by a link: ndiff ${mode.join(' ')} A B`, async () => {
      assert.equal((await same({ argv: [...mode, a!, b!] })).code, 1);
      assert.equal((await same({ argv: [a!, ...mode, a!] })).code, 0);
    });

  test('POSIXLY_CORRECT ends the options at the first file, unless it is empty', async () => {
    for (const value of ['1', ''])
      for (const argv of [
        [a!, '-v', b!],
        ['-v', a!, b!],
        [a!, b!, '-h'],
        [a!, '--', b!],
      ])
        await same({ argv, env: { POSIXLY_CORRECT: value } });
  });

  test('C, POSIX and UTF-8 locales are alike', async () => {
    for (const locale of ['C', 'POSIX', 'C.UTF-8', '']) await same({ argv: ['-v', a!, b!], env: { LC_ALL: locale, LANG: locale } });
  });

  test('standard input, as a pipe and as a file', async () => {
    const piped = run(host(names('x', 'from a pipe')));
    await same({ argv: ['/dev/stdin', b!], stdin: piped });
    await same({ argv: [a!, '/dev/stdin'], stdin: piped });
    await same({ argv: ['-v', '--xml', a!, '/proc/self/fd/0'], stdin: piped });
    await same({ argv: ['/dev/stdin', '/dev/stdin'], stdin: piped });
    await same({ argv: ['/dev/stdin', '/dev/stdin'], shell: `"$@" < ${a}` });
    await same({ argv: ['/dev/stdin', b!], stdin: '' });
    await same({ argv: ['-', b!], stdin: piped });
  });

  test('two pipes at once, and one that is filled slowly', async () => {
    const shell = `mkfifo p q && { cat ${a} > p & cat ${b} > q & "$@"; code=$?; rm p q; exit $code; }`;
    await same({ argv: ['-v', 'p', 'q'], shell });
    const slow = `mkfifo r && { { head -c 100 ${a}; head -c 0 /dev/null; tail -c +101 ${a}; } > r & "$@"; code=$?; rm r; exit $code; }`;
    await same({ argv: ['r', b!], shell: slow });
  });

  test('a name of bytes that are no UTF-8', async () => {
    await same({ argv: [b!], shell: `f=$(printf 'no\\377\\303such'); "$@" "$f"` });
    await same({ argv: [a!], shell: `"$@" "$(printf -- '-\\377')"` });
  });

  test('a file whose name is no UTF-8 kills Ndiff, and is read by us', async () => {
    const start = { argv: [a!], shell: `f=$(printf 'real\\377'); cp ${b} "$f"; "$@" "$f"` };
    const [theirs, ours] = await Promise.all([programs.theirs(start), programs.ours(start)]);
    assert.match(theirs.stderr.toString(), /UnicodeEncodeError/);
    assert.deepEqual([ours.code, ours.stdout], [1, (await programs.ours({ argv: [a!, b!] })).stdout]);
  });

  test('a file that another user may not read', needs('root', 'setpriv'), async () => {
    const secret = programs.path('secret.xml');
    writeFileSync(secret, run());
    chmodSync(secret, 0o600);
    chmodSync(programs.folder, 0o755);
    const prefix = [toolPath('setpriv') as string, '--reuid=65534', '--regid=65534', '--clear-groups'];
    await same({ argv: [secret, b!], prefix });
    await same({ argv: [a!, secret], prefix });
  });

  test('rollcall ndiff is the same program, by its own name', async () => {
    const env = process.env;
    for (const mode of MODES) {
      const [theirs, ours] = await Promise.all([
        programs.theirs({ argv: [...mode, a!, b!] }),
        ranOf([ROLLCALL, 'ndiff', ...mode, a!, b!], { cwd: programs.folder, env, stdin: undefined }),
      ]);
      assert.equal(disagreement(theirs, ours), undefined, mode.join(' '));
    }
    for (const words of [['-z'], [], ['--xml', '--text'], ['-h']]) {
      const ours = await ranOf([ROLLCALL, 'ndiff', ...words], { cwd: programs.folder, env, stdin: undefined });
      const theirs = await programs.theirs({ argv: words });
      const renamed = (text: Buffer): Buffer => Buffer.from(text.toString().replaceAll('./ndiff', 'rollcall ndiff'));
      assert.equal(disagreement({ code: theirs.code, stdout: renamed(theirs.stdout), stderr: renamed(theirs.stderr) }, ours), undefined);
    }
  });

  test('large scans are read side by side, with the same result', async () => {
    const many = (count: number, changed: number): string =>
      run(Array.from({ length: count }, (_, i) => largeHost(i, i % changed === 0)).join('\n'));
    const large = ['large-a.xml', 'large-b.xml', 'broken.xml'].map((name) => programs.path(name));
    writeFileSync(large[0]!, many(4500, 1e9));
    writeFileSync(large[1]!, many(4503, 97));
    writeFileSync(large[2]!, `${many(4500, 50)}x`);
    assert.equal((await same({ argv: large.slice(0, 2) })).code, 1);
    await same({ argv: ['--xml', large[1]!, large[0]!] });
    await same({ argv: [large[0]!, large[2]!] });
    await same({ argv: [large[2]!, large[0]!] });
    await same({ argv: [large[0]!, programs.path('nowhere')] });
    await same({ argv: [large[2]!, programs.path('nowhere')] });
  });
});

/** Over a kilobyte, with a complaint in every hundredth. */
function largeHost(index: number, changed: boolean): string {
  const padding = `<!-- ${'x'.repeat(800)} -->`;
  const complaint = index % 100 === 7 ? '<status/>' : '';
  const port = `<ports><port protocol="tcp" portid="${changed ? 80 : 22}"><state state="open"/><service name="${changed ? 'http' : 'ssh'}"/></port></ports>`;
  return host(`${complaint}${padding}${names(`host-${index}`)}${port}`, `10.1.${index >> 8}.${index & 255}`);
}

describe('runs without a process of their own', needsReference(), () => {
  let programs: Programs;
  let reference: Reference;
  before(() => {
    programs = new Programs();
    reference = new Reference();
  });
  after(async () => {
    await reference.close();
    programs.remove();
  });

  /** Some of the matrix, in a mode each. */
  const SAMPLE = Array.from({ length: 24 }, (_, i) => 500 + 7 * i).map((seed, i) => [seed, MODES[i % MODES.length] as Mode] as const);

  for (const [seed, mode] of SAMPLE)
    test(`pair ${seed} ${mode.join(' ')}: theirs as a process and in a fork, ours as a process and called`, async () => {
      const pair = pairOf(seed);
      const argv = [...mode, programs.path('a.xml'), programs.path('b.xml')];
      writeFileSync(programs.path('a.xml'), pair.a);
      writeFileSync(programs.path('b.xml'), pair.b);
      const forked = await reference.run({ argv, argv0: './ndiff' });
      const stock = await programs.theirs({ argv });
      assert.ok(forked.by === 'stock' || (died(stock) && stock.code === 2), 'the repaired one answers only where the stock one dies');
      sameRun(forked.by === 'stock' ? stock : await repairedRun(argv), forked);
      sameRun(await runOurs({ argv, argv0: './ndiff' }), await programs.ours({ argv }));
    });

  for (const argv of [['-h'], ['-q'], ['a'], ['nowhere', 'b']])
    test(`the same with ${argv.join(' ')}`, async () => {
      sameRun(await programs.theirs({ argv }), await reference.run({ argv, argv0: './ndiff' }));
      sameRun(await runOurs({ argv, argv0: './ndiff' }), await programs.ours({ argv }));
    });
});

/** The repaired Ndiff as a process. */
function repairedRun(argv: readonly string[]): Promise<Ran> {
  const program = fileURLToPath(new URL('./repaired-ndiff.py', import.meta.url));
  return ranOf(['python3', program, ...argv], { cwd: '/', env: process.env, stdin: undefined });
}

function sameRun(one: Ran, other: Ran | Judgement): void {
  assert.deepEqual([other.code, other.stdout.toString()], [one.code, one.stdout.toString()]);
  assert.equal(died(one), died(other));
  if (!died(one)) assert.equal(other.stderr.toString(), one.stderr.toString());
}
