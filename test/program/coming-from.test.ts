// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { isCommand } from '../../src/cli/registry.ts';
import { createLan, type Lan } from '../lan/index.ts';
import { needs, toolEnv, toolPath } from '../needs.ts';
import { happen } from './lan-events.ts';
import { chaptersOf, type Piece, pageOf, piecesOf, type Step } from './page-walk.ts';
import { type Ended, ended, type Program, ROLLCALL } from './program.ts';
import { isProgress, still } from './still.ts';
import { type Receivers, receiversOf } from './walk-receivers.ts';

/** S0 to S4 walked literally. `REGENERATE=1` writes the page anew, with what this run printed. */
const PAGE = fileURLToPath(new URL('../../docs/coming-from.md', import.meta.url));
/** What the page calls the folder it is walked in. */
const HOME = '/root/lab';
const REGENERATE = process.env['REGENERATE'] === '1';

const CONFIG = (sendmail: string): string => `[names]
dns = false
[scan]
rate = "lifted"
per_host = "lifted"
[presence]
window = "0s"
[listen]
enabled = false
[self]
watch = false
[mail]
sendmail = "${sendmail}"
from = "rollcall@lan.example"
`;

/** Where a chapter is walked: as a newcomer has it, with nothing in the folder and the program on the path. */
interface Place {
  readonly lan: Lan;
  /** What a command of a shell prints there, on both outputs; its exit code is the last line when it is not 0. */
  run(command: string): Promise<string[]>;
  json: Program['json'];
  readonly receivers: Receivers;
}

function newPlace(lan: Lan): Place {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-coming-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'lab');
  mkdirSync(folder);
  const env = { ...process.env, ...furnish(root) };
  const shell = (command: string): Promise<Ended> => {
    const child = spawn('ip', ['netns', 'exec', lan.probe.namespace, 'sh', '-c', `{ ${command}\n} 2>&1`], { cwd: folder, env });
    child.stdin?.end();
    return ended(child);
  };
  return {
    lan,
    receivers: receiversOf(lan, folder),
    async run(command) {
      const { code, stdout } = await shell(command);
      const text = stdout.replaceAll(folder, HOME).replaceAll(root, dirname(HOME));
      const lines = text.split('\n').map((line) => line.trimEnd());
      if (lines.at(-1) === '') lines.pop();
      return [...lines.filter((line) => !isProgress(line)), ...(code === 0 ? [] : [`[exit ${code}]`])];
    },
    json: async (...args) => JSON.parse((await shell(`rollcall ${args.join(' ')} --json`)).stdout),
  };
}

/** The program on the path, its config, and a sendmail that keeps the mail in the folder. Gives the environment that finds them. */
function furnish(root: string): Record<string, string> {
  const [tools, sendmail, config] = [join(root, 'tools'), join(root, 'tools', 'sendmail'), join(root, 'rollcall.toml')];
  mkdirSync(tools);
  symlinkSync(ROLLCALL, join(tools, 'rollcall'));
  script(sendmail, `cat >> '${join(root, 'lab', 'mail.txt')}'`);
  // It may have been unpacked and not installed: then it needs its libraries, and nobody else may get them.
  const libraries = toolEnv()['LD_LIBRARY_PATH'];
  script(join(tools, 'mosquitto_sub'), `LD_LIBRARY_PATH='${libraries}' exec '${toolPath('mosquitto_sub')}' "$@"`);
  writeFileSync(config, CONFIG(sendmail));
  const who = { USER: 'ada', SUDO_USER: '', NO_COLOR: '1', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  return { ...who, PATH: `${tools}:${process.env['PATH']}`, ROLLCALL_DATA: join(root, 'data'), ROLLCALL_CONFIG: config };
}

const script = (path: string, line: string): void => writeFileSync(path, `#!/bin/sh\n${line}\n`, { mode: 0o755 });

const page = readFileSync(PAGE, 'utf8');

test('the tables name only commands that exist, and every one of them is walked below', () => {
  const named = [...page.matchAll(/`rollcall ([a-z]+)([^`]*)`/g)];
  assert.ok(named.length > 20, `${named.length} commands`);
  const walked = piecesOf(page).flatMap((piece) => (piece.kind === 'console' ? piece.steps.map(({ command }) => command) : []));
  for (const [text, command = '', rest = ''] of named) {
    assert.ok(isCommand(command), text);
    const words = rest.split(/[ |]+/).filter((word) => /^--?[a-z]/.test(word));
    const found = walked.some((line) => line.includes(`rollcall ${command}`) && words.every((word) => line.includes(` ${word}`)));
    assert.ok(found, `${text} is shown nowhere with ${words.join(' ')}`);
  }
});

const ANEW = 'if that is right, write the page anew: REGENERATE=1 npm test test/program/coming-from.test.ts';
const shownIn = (piece: Piece | undefined): string[] => (piece === undefined ? [] : still(pageOf([piece]).split('\n')));
const titleOf = ([first]: readonly Piece[]): string => (first?.kind === 'section' ? `"${first.title}"` : 'the beginning');

describe('docs/coming-from.md, walked on a LAN', {
  concurrency: true,
  ...needs('nmap', 'netns', 'python3', 'ndiff', 'curl', 'mosquitto', 'mosquitto_sub'),
}, () => {
  const chapters = chaptersOf(piecesOf(page));
  const walked: Piece[][] = [...chapters];
  after(() => {
    if (REGENERATE) writeFileSync(PAGE, pageOf(walked.flat()));
  });
  for (const [i, chapter] of chapters.entries())
    test(`every command of ${titleOf(chapter)} prints what the page shows`, async (t) => {
      const lan = await createLan({ hosts: 3 });
      const place = newPlace(lan);
      t.after(async () => {
        await place.run('rollcall stop'); // a daemon is left when a walk ends early
        await lan.stop();
      });
      walked[i] = await walk(chapter, place);
      if (REGENERATE) return;
      for (const [j, piece] of chapter.entries()) assert.deepEqual(shownIn(walked[i]?.[j]), shownIn(piece), ANEW);
    });
});

/** What happens, and what is typed, one after the other. */
async function walk(chapter: readonly Piece[], place: Place): Promise<Piece[]> {
  const walked: Piece[] = [];
  for (const piece of chapter) {
    if (piece.kind === 'event') await happen(piece.text, place);
    if (piece.kind !== 'console') {
      walked.push(piece);
      continue;
    }
    const steps: Step[] = [];
    for (const { command, shown } of piece.steps) {
      const lines = await place.run(command);
      // Moments of the page stay as they are while nothing else changes.
      steps.push({ command, shown: isDeepStrictEqual(still(lines), still(shown)) ? shown : lines });
    }
    walked.push({ kind: 'console', steps });
  }
  return walked;
}
