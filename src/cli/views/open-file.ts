import { isatty } from 'node:tty';
import { Fault } from '../../core/index.ts';
import { openSeekable, type SeekableFile } from '../files/seekable.ts';
import { NoCopy } from '../files/spool.ts';

/** Opens a file so that it can be read twice, "-" being what is piped in. Faults say it by its title. */
export function openFile(path: string, title: string): SeekableFile {
  if (path === '-' && isatty(0))
    throw new Fault('bad-input', `reading ${title}: nothing is piped in`, 'name a file, or pipe a scan into it: nmap -oX - NET |');
  const file = orRefusal(title, () => openSeekable(path === '-' ? 0 : path));
  return { ...file, read: (buffer, position) => orRefusal(title, () => file.read(buffer, position)) };
}

function orRefusal<T>(title: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw faultOf(thrown, title);
  }
}

interface Refusal {
  readonly code: Fault['code'];
  readonly words: string;
  readonly remedy: string;
}

const PATH = 'check the path';
const ACCOUNT = 'use an account that may read it';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ENOENT: { code: 'not-found', words: 'there is no such file', remedy: PATH },
  ENOTDIR: { code: 'not-found', words: 'part of the path is not a folder', remedy: PATH },
  ELOOP: { code: 'not-found', words: 'its links lead in a circle', remedy: PATH },
  ENAMETOOLONG: { code: 'bad-input', words: 'the path is too long', remedy: PATH },
  EISDIR: { code: 'bad-input', words: 'it is a folder', remedy: 'name a file in it' },
  EACCES: { code: 'refused', words: 'permission denied', remedy: ACCOUNT },
  EPERM: { code: 'refused', words: 'not permitted', remedy: ACCOUNT },
  ENXIO: { code: 'bad-input', words: 'it is a socket', remedy: 'write what comes out of it to a file first' },
};

function faultOf(thrown: unknown, title: string): unknown {
  if (thrown instanceof NoCopy)
    return new Fault('unavailable', `reading ${title}: ${thrown.message}`, 'make room, or name another folder with TMPDIR');
  const { code, syscall } = (thrown ?? {}) as { code?: unknown; syscall?: unknown };
  if (typeof code !== 'string' || typeof syscall !== 'string') return thrown;
  const {
    code: kind,
    words,
    remedy,
  } = REFUSALS[code] ?? { code: 'unavailable', words: `the system says ${code}`, remedy: 'check the disk it is on' };
  return new Fault(kind, `reading ${title}: ${words}`, remedy);
}
