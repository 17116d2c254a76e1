import { request } from 'node:http';
import { Fault, type Millis } from '../../core/index.ts';

/** answers: a daemon is there. absent: nobody listens. mute: somebody listens but says nothing in time. */
export type Health = 'answers' | 'absent' | 'mute';

const ABSENT = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTSOCK', 'ENOTDIR']);

/** Asks the daemon behind a socket whether it is well. */
export function askHealth(socketPath: string, patience: Millis = 5000): Promise<Health> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, path: '/healthz', agent: false, timeout: patience }, (answer) => {
      answer.resume();
      resolve('answers');
    });
    asking.on('timeout', () => {
      resolve('mute');
      asking.destroy();
    });
    asking.on('error', (cause: Error & { code?: string }) => {
      if (ABSENT.has(cause.code ?? '')) resolve('absent');
      else reject(unreachable(socketPath, cause));
    });
    asking.end();
  });
}

function unreachable(socketPath: string, cause: Error & { code?: string }): Fault {
  if (cause.code === 'EACCES')
    return new Fault('refused', `reaching the daemon at ${socketPath}: permission denied`, 'use the account it runs under, or sudo');
  return new Fault('unavailable', `reaching the daemon at ${socketPath}: ${cause.message}`, 'look at it with "rollcall status"');
}
