// Runs one test file in a process of its own and says what came out, however it ends.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPORTER = fileURLToPath(new URL('./reporter.js', import.meta.url));

/** Gives { passed, skipped: [{name, reason}], failed: [{name, line, text}] } of one file. */
export async function runFile(path, { cwd, env, budget }) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  // An interrupted run ends without its "finally".
  process.once('exit', tidy);
  try {
    const results = join(folder, 'results');
    const output = join(folder, 'output');
    // A test that hangs is named before the whole file is given up.
    const timeout = `--test-timeout=${Math.round(budget * 0.9)}`;
    const args = [
      timeout,
      '--disable-warning=ExperimentalWarning',
      `--test-reporter=${REPORTER}`,
      `--test-reporter-destination=${results}`,
      path,
    ];
    const ended = await ownGroup(args, { cwd, env, budget, output });
    return judge(readLines(results), ended, readFileSync(output, 'utf8'));
  } finally {
    process.off('exit', tidy);
    tidy();
  }
}

function ownGroup(args, { cwd, env, budget, output }) {
  const file = openSync(output, 'w');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', file, file], detached: true });
    closeSync(file);
    let overdue = false;
    const stop = () => killGroup(child.pid);
    const timer = setTimeout(() => {
      overdue = true;
      stop();
    }, budget);
    process.once('exit', stop);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', stop);
      resolve({ code, signal, overdue, budget });
    });
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function readLines(path) {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    // A file that dies before its first test leaves no results, or half a line.
    return [];
  }
}

function judge(lines, ended, output) {
  const tests = lines.filter((line) => line.name !== undefined);
  const failed = tests.filter((test) => test.fault !== undefined).map(({ name, line, fault }) => ({ name, line, text: fault }));
  const whole = verdictOfFile(lines, tests, ended);
  if (whole && failed.length === 0) failed.push({ name: whole, text: output.trim().split('\n').slice(-30).join('\n') });
  return {
    passed: tests.filter((test) => test.fault === undefined && test.skipped === undefined).length,
    skipped: tests.filter((test) => test.skipped !== undefined).map(({ name, skipped }) => ({ name, reason: skipped })),
    failed,
  };
}

/** What is wrong with the file as a whole, beside its tests; undefined when nothing is. */
function verdictOfFile(lines, tests, { code, signal, overdue, budget }) {
  if (overdue) return `did not end within ${budget / 1000} s`;
  if (signal) return `was killed by ${signal}`;
  if (code === 0 && lines.length === 0) return 'holds no test';
  if (!lines.some((line) => line.end)) return `ended with code ${code} before its tests did`;
  if (code !== 0) return `ended with code ${code}`;
  return tests.length === 0 ? 'holds no test that ran' : undefined;
}
