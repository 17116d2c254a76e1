import { Fault, type Instant } from '../../core/index.ts';
import type { HostSeen } from '../../diff/index.ts';
import { createHostReader, type HostPlace, observationOf, scriptsOf, type XmlHost } from '../../nmap-xml/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { fingerprintOf } from './fingerprint.ts';
import { addressesOf } from './survey.ts';

/** Where a host lies in a file, and what it must be when it is read again. */
export interface HostTrace extends HostPlace {
  readonly fingerprint: string;
  readonly scanProtocol: string | null;
}

/** The second reading of a file: of the hosts that somebody asks for. */
export interface HostsAgain {
  /** The host, once for each address it has. Throws a Fault when it is not what it was. */
  read(trace: HostTrace): HostSeen[];
  /** Closes the file; a second time does nothing. */
  close(): void;
}

const CHUNK = 64 * 1024;

/** `title`: for faults. `seenAt`: when its hosts were seen. */
export function createHostsAgain(file: SeekableFile, title: string, seenAt: Instant): HostsAgain {
  const reader = createHostReader();
  const buffer = new Uint8Array(CHUNK);
  let open = true;
  return {
    read(trace) {
      // The number of a closed file may be another file's by now.
      if (!open) throw new Error(`${title} was closed`);
      const host = reader.read(pieces(file, buffer, trace), trace.scanProtocol);
      const seen = host && seenAgain(host, trace, seenAt);
      if (!seen) throw changed(title, trace);
      return seen;
    },
    close() {
      if (open) file.close();
      open = false;
    },
  };
}

function* pieces(file: SeekableFile, buffer: Uint8Array, { offset, length }: HostPlace): Generator<Uint8Array, void, void> {
  for (let at = 0; at < length; at += buffer.length) {
    const piece = buffer.subarray(0, Math.min(buffer.length, length - at));
    yield piece.subarray(0, file.read(piece, offset + at));
  }
}

function seenAgain(host: XmlHost, { fingerprint }: HostTrace, seenAt: Instant): HostSeen[] | null {
  const observation = observationOf(host, seenAt);
  if (observation === null) return null;
  const addresses = addressesOf(host, observation);
  if (fingerprintOf(host, addresses, observation) !== fingerprint) return null;
  const scripts = scriptsOf(host);
  return addresses.map((address, i) => ({ observation: { ...observation, address }, scripts: i === 0 ? scripts : [] }));
}

function changed(title: string, { offset }: HostTrace): Fault {
  return new Fault(
    'conflict',
    `reading ${title} again: the host at byte ${offset} is not what it was a moment ago`,
    'wait until nobody writes to the file, or compare a copy of it',
  );
}
