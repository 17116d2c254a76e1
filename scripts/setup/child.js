import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Trouble } from './trouble.js';

const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a program in our place: its output is ours, its exit code the answer. A terminal sends Ctrl-C to both of us,
 * so it is only outlived here; a signal sent to us alone is passed on.
 */
export function passOn(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    let interrupted = false;
    const outlive = () => {
      interrupted = true;
    };
    const hand = (signal) => child.kill(signal);
    process.on('SIGINT', outlive);
    process.on('SIGTERM', hand);
    process.on('SIGHUP', hand);
    child.on('error', (fault) => reject(new Trouble(`starting ${command} did not work (${fault.code})`, 'check that it is installed')));
    child.on('close', (code, signal) => {
      process.off('SIGINT', outlive).off('SIGTERM', hand).off('SIGHUP', hand);
      // npm and others end with 1 when interrupted; what the user did is the better answer.
      resolve(interrupted && code !== 0 ? 130 : exitCodeOf(code, signal));
    });
  });
}

/** Runs a program quietly. Never throws: `code` is 127 when it cannot be started. */
export function quietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (fault) => resolve({ code: 127, output: fault.message }));
    child.on('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), output }));
  });
}
