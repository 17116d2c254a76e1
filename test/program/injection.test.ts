// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseTarget } from '../../src/core/index.ts';
import { rollcall } from '../cli/fake-world.ts';
import { REFUSED_TARGETS } from '../fixtures/hostile-targets.ts';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { type Door, GOOD, HOSTILE, mayBeIface, mayBePorts, QUIET_DOORS, SCAN_DOORS } from './hostile-doors.ts';
import { hostileHistories, hostileSurveys } from './hostile-files.ts';
import { type Answer, overSocket, requestOf } from './over-socket.ts';
import { newProgram, type Program, until } from './program.ts';
import { type Recorder, recorder } from './recorder.ts';

/** Every option that nmap may ever get from us, with the word after it where it has one. */
const OPTIONS =
  /^(?:-n|-6|-oX -|--stats-every 1s|--noninteractive|-e lan0|--(?:un)?privileged|-s[nSTUV]|-Pn|-PR|-P[A-Z][\d,]*|-T[2-4]|--max-rate \d+|--scan-delay \d+ms|--max-hostgroup \d+|--host-timeout \d+ms|--max-retries \d+|--script-timeout \d+s|--top-ports \d+|-p [\d,TU:-]+|--script [a-z0-9,-]+|--script-args ssh_hostkey=sha256)$/;

/** Each option with its word: what begins with a dash takes what follows, unless that does, too. */
const optionsOf = (words: readonly string[]): string[] =>
  words.reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last !== undefined && (!word.startsWith('-') || word === '-')) return [...all.slice(0, -1), `${last} ${word}`];
    return [...all, word];
  }, []);

function assertAllowed(call: readonly string[]): void {
  const split = call.indexOf('--');
  assert.ok(split > 0, call.join(' '));
  for (const option of optionsOf(call.slice(0, split))) assert.match(option, OPTIONS, call.join(' '));
  const targets = call.slice(split + 1);
  assert.ok(targets.length > 0, call.join(' '));
  for (const target of targets) {
    const parsed = parseTarget(target);
    assert.ok(parsed.ok && parsed.value.kind === 'ranges' && parsed.value.text === target, `${target} of ${call.join(' ')}`);
  }
}

/** For doors that begin no scan; those that do get them all. */
const SOME = HOSTILE.filter((_, i) => i % 8 === 0);
/** What is taken in stays, and makes the next slower. */
const FEW = HOSTILE.filter((one, i) => i % 40 === 0 && one.length < 2000);

/** What would also be a process of ours: none of these may be started by a text either. */
const OTHERS = ['arp-scan', 'tcpdump', 'ping', 'sh', 'curl'] as const;

describe('S1-S3: hostile texts through every door of what they serve', needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let nmap: Recorder;
  let others: Recorder;
  let program: Program;
  before(async () => {
    lan = await createLan({ hosts: 1 });
    [nmap, others] = [recorder(), recorder('exit 1')];
    const tools = join(others.path, '..', 'tools');
    mkdirSync(tools);
    for (const name of OTHERS.filter((tool) => tool !== 'sh')) symlinkSync(others.path, join(tools, name));
    program = await newProgram({
      config: `[self]\nwatch = false\n[listen]\nenabled = false\n${nmap.config}`,
      prefix: ['ip', 'netns', 'exec', lan.probe.namespace],
      env: { PATH: `${tools}:${process.env['PATH']}` },
    });
    await program.daemon();
  });
  after(async () => {
    await program?.end();
    nmap?.remove();
    others?.remove();
    await lan?.stop();
  });

  const spawned = (): string[][] => [...nmap.calls(), ...others.calls()];

  async function knock({ path, send, get }: Door, typed: string): Promise<Answer> {
    return overSocket(join(program.data, 'rollcall.sock'), requestOf(path, send(typed), get === true));
  }

  /** Knocks with all the texts, a few at a time; gives what was let in. */
  async function knockWith(door: Door, texts: readonly string[]): Promise<string[]> {
    const entered: string[] = [];
    const left = texts.values();
    const one = async (): Promise<void> => {
      for (const text of left) {
        const answer = await knock(door, text);
        const where = `${door.name} ${JSON.stringify(text).slice(0, 80)}: ${answer.status} ${answer.text.slice(0, 300)}`;
        assert.ok(answer.status < 500, where);
        if (answer.status < 400) entered.push(text);
        else assert.ok(answer.text.length < 4000 && typeof JSON.parse(answer.text).message === 'string', where);
      }
    };
    await Promise.all(Array.from({ length: door.path === '/import' || door.path === '/ingest' ? 1 : 8 }, one));
    return entered;
  }

  for (const door of SCAN_DOORS)
    test(`${door.name}: all that cannot be meant is refused, and nothing is started or kept`, async () => {
      const texts = HOSTILE.filter((text) => !door.may?.(text));
      assert.ok(texts.length > 1000);
      assert.deepEqual(await knockWith(door, texts), []);
      assert.deepEqual([spawned(), await program.json('scans')], [[], []]);
    });

  for (const door of QUIET_DOORS)
    test(`${door.name}: answered or refused, and nothing is started`, async () => {
      await knockWith(door, door.path === '/import' ? FEW : SOME);
      assert.deepEqual(spawned(), []);
    });

  const over = async (): Promise<void> => {
    const scans: { outcome: string }[] = await program.json('scans', '--limit', '1000');
    await until('the scans to end', async () => {
      scans.splice(0, scans.length, ...(await program.json('scans', '--limit', '1000')));
      return scans.every(({ outcome }) => outcome !== 'running');
    });
  };

  test('S1: what may be meant begins scans, and nmap gets options of ours and canonical targets alone', async () => {
    const entered: string[] = [];
    for (const door of SCAN_DOORS.filter(({ may }) => may !== undefined))
      entered.push(
        ...(await knockWith(
          door,
          HOSTILE.filter((text) => door.may?.(text)),
        )),
      );
    await over();
    assert.ok(entered.length > 20 && nmap.calls().length > 3, `${entered.length} let in, ${nmap.calls().length} calls`);
    for (const call of nmap.calls()) {
      assertAllowed(call);
      assert.deepEqual(call.slice(call.indexOf('--') + 1), [GOOD]);
    }
    assert.deepEqual(others.calls(), []);
  });

  test('S1: files of other programs start nothing, and what follows of them is of ours and canonical', async () => {
    const before = spawned().length;
    let taken = 0;
    for (const typed of FEW) {
      const form = { name: 'a file', path: '/import', send: () => ({ files: hostileHistories(typed) }) };
      const reports = hostileSurveys(typed).map((file) => ({ name: 'a report', path: '/ingest', send: () => ({ file }) }));
      for (const door of [form, ...reports]) {
        const { status, text: told } = await knock(door, typed);
        assert.ok(status < 500, `${JSON.stringify(typed)}: ${status} ${told.slice(0, 300)}`);
        if (status < 400) taken++;
      }
    }
    assert.ok(taken > 100, `${taken} were taken in`);
    assert.equal(spawned().length, before);
    const plan = await program.json('followup', '--print', lan.block);
    assert.ok(plan.commands.length > 0, 'the reports told of open ports, so some are due');
    for (const command of plan.commands) assertAllowed(command.slice(1));
    await program.run('followup', lan.block);
    assert.ok(nmap.calls().length > before);
    for (const call of nmap.calls()) assertAllowed(call);
  });

  test('S1: files of approvals, in YAML and as .base, start nothing, and name nobody who is asked', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-approvals-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const before = spawned().length;
    const codes = new Set<number>();
    for (const [i, typed] of FEW.entries()) {
      const text = JSON.stringify(typed);
      const entries = [`device: ${text}`, `device: ${GOOD}\n  port: ${text}`, `device: ${GOOD}\n  port: 80/tcp\n  product: ${text}`];
      const files = entries.map((entry, j) => [join(folder, `${i}-${j}.yaml`), `approvals:\n- ${entry}\n`] as const);
      const place = join(folder, String(i));
      mkdirSync(place);
      const name = /[/\0]/.test(typed) || !typed.isWellFormed() || typed.length > 200 ? GOOD : typed;
      const table = `PORT STATE SERVICE VERSION\n80/tcp open ${typed}\n${typed}/tcp open http\n`;
      for (const [path, content] of [...files, [join(place, `${name}.base`), table] as const]) writeFileSync(path, content);
      for (const path of [...files.map(([file]) => file), place]) {
        const { code, err } = await rollcall(['baseline', 'import', path], { data: program.data });
        assert.ok(code === 0 || code === 2, `${text}: ${code} ${err}`);
        assert.match(err.replaceAll('\n', ' '), /^[^\p{Cc}\u202e\u2066]*$/u, text);
        codes.add(code);
      }
    }
    assert.deepEqual([...codes].sort(), [0, 2]);
    assert.equal(spawned().length, before);
    const plan = await program.json('followup', '--print', lan.block);
    for (const command of plan.commands) assertAllowed(command.slice(1));
  });

  const typedAs: Readonly<Record<string, (text: string) => readonly string[]>> = {
    'scan TARGET': (t) => ['scan', '--', t],
    'scan TARGET --forecast': (t) => ['scan', '--forecast', '--', t],
    'scan --ports': (t) => ['scan', GOOD, `--ports=${t}`],
    'scan --iface': (t) => ['scan', GOOD, `--iface=${t}`],
    'scan --scripts': (t) => ['scan', GOOD, '--plan', 'services', `--scripts=${t}`],
    'scan --guard': (t) => ['scan', GOOD, `--guard=public=${t}`],
    'report TARGET': (t) => ['report', '-o', 'reports', '--', t],
    'report --ports': (t) => ['report', GOOD, '-o', 'reports', `--ports=${t}`],
    'report --guard': (t) => ['report', GOOD, '-o', 'reports', `--guard=${t}`],
    'report --email': (t) => ['report', GOOD, '-o', 'reports', `--email=${t}`],
    'nightly TARGET': (t) => ['nightly', '-o', 'nights', '--', t],
    'nightly --iface': (t) => ['nightly', GOOD, '-o', 'nights', `--iface=${t}`],
    'followup TARGET': (t) => ['followup', '--', t],
    'followup --print TARGET': (t) => ['followup', '--print', '--', t],
    'baseline make TARGET': (t) => ['baseline', '--', 'make', t],
    'baseline diff TARGET': (t) => ['baseline', '--', 'diff', t],
    'baseline approve --service': (t) => ['baseline', 'approve', GOOD, `--service=${t}`],
    'baseline approve --until': (t) => ['baseline', 'approve', GOOD, `--until=${t}`],
    'baseline policy PORTS': (t) => ['baseline', '--', 'policy', 'nowhere', t],
    'baseline import PATH': (t) => ['baseline', '--', 'import', `no/${t}`],
    'import PATH': (t) => ['import', '--', `no/${t}`],
    'import --from': (t) => ['import', 'arp.dat', `--from=${t}`],
    'export SCAN': (t) => ['export', '--', `x${t}`],
  };
  const REFUSED = REFUSED_TARGETS.filter((one, i) => i % 24 === 0 && !mayBePorts(one) && !mayBeIface(one) && one !== '');
  for (const [name, argv] of Object.entries(typedAs))
    test(`rollcall ${name}: refused, nothing is started, and no terminal is told what to do`, async () => {
      const before = spawned().length;
      for (const typed of REFUSED) {
        const { code, err } = await rollcall(argv(typed), { data: program.data });
        assert.equal(code, 2, `${name} ${JSON.stringify(typed).slice(0, 80)}: ${err.slice(0, 300)}`);
        assert.match(err.replaceAll('\n', ' '), /^[^\p{Cc}\u202e\u2066]+$/u, JSON.stringify(typed));
      }
      assert.equal(spawned().length, before);
    });
});
