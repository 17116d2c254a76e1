import {
  type AnswerPart,
  type DevicePort,
  type Instant,
  KEYS_KEPT,
  NO_IDENTITY,
  type PortSeen,
  type Service,
  type ServiceIdentity,
  type SshKey,
  showsNothing,
  type Turns,
} from '../core/index.ts';
import { lastingPage, lastingService, pageChanged, saysMore, sshStep, versionsDiffer } from '../diff/index.ts';
import { takeTurn } from './take-turns.ts';

type Answer = Pick<DevicePort, 'service' | 'serving' | 'told'>;
type TurnsOf = Partial<Record<AnswerPart, Turns>>;

/** What is known of a port's answers, and which of them take turns. */
interface Folding {
  readonly turns: TurnsOf;
  readonly at: Instant;
}

/**
 * What is known of a port's answers after a look. What says nothing takes nothing away, what differs only by noise leaves the old
 * words, and of answers that take turns the one believed stays.
 */
export function foldAnswer(before: DevicePort | undefined, seen: PortSeen, at: Instant): Answer {
  const folding: Folding = { turns: { ...before?.told?.turns }, at };
  const known = before?.state === seen.state ? before.service : null;
  const service = foldService(known, seen.service, folding);
  const kept = isOther(known, service) ? undefined : before?.serving;
  const serving = seen.serving ? foldIdentity(kept ?? NO_IDENTITY, seen.serving, folding) : kept;
  const told = toldOf(before, folding.turns);
  return { service, ...(serving && !showsNothing(serving) && { serving }), ...(told && { told }) };
}

/** A name guessed from the port number never replaces what the service itself said. */
function foldService(known: Service | null, seen: Service | null, folding: Folding): Service | null {
  if (known === null || seen === null) return seen ?? known;
  if (known.method !== 'probed') return seen;
  if (JSON.stringify(known) === JSON.stringify(seen) || !saysMore(known, seen)) return known;
  if (!versionsDiffer(known, seen)) return lasts(known) === lasts(seen) ? known : seen;
  return believes('version', { from: lasts(known), to: lasts(seen) }, folding) ? seen : known;
}

const lasts = (service: Service): string => JSON.stringify(lastingService(service));

/** Something else altogether listens now: what was shown before was shown by another. */
const isOther = (before: Service | null, after: Service | null): boolean =>
  before?.method === 'probed' &&
  after !== null &&
  after !== before &&
  (familyOf(before) !== familyOf(after) || before.tunnel !== after.tunnel);

/** "http-proxy" and "http" are two guesses at one server. */
const familyOf = ({ name }: Service): string => (name.startsWith('http') ? 'http' : name);

/** Takes note of the turn in `turns`. */
function believes(part: AnswerPart, answers: { readonly from: string; readonly to: string }, { turns, at }: Folding): boolean {
  const turn = takeTurn(turns[part], { ...answers, at });
  if (turn !== null) turns[part] = turn;
  return turn !== null;
}

/** The same object where it shows nothing new. */
function foldIdentity(known: ServiceIdentity, seen: ServiceIdentity, folding: Folding): ServiceIdentity {
  const page = foldPage(known, seen, folding);
  return {
    sshKeys: foldKeys(known.sshKeys, seen.sshKeys, folding),
    certificate: foldCertificate(known.certificate, seen.certificate, folding),
    ...page,
  };
}

/** Types of keys that it did not show this time are not gone as long as it shows another one that is known. */
function foldKeys(known: readonly SshKey[], seen: readonly SshKey[], folding: Folding): readonly SshKey[] {
  if (seen.length === 0 || known.length === 0) return seen.length === 0 ? known : seen;
  const hashes = (keys: readonly SshKey[]): string => keys.map(({ hash }) => hash).join();
  if (sshStep(known, seen) !== null) return believes('ssh', { from: hashes(known), to: hashes(seen) }, folding) ? seen : known;
  const types = new Set(seen.map(({ type }) => type));
  const merged = [...seen, ...known.filter(({ type }) => !types.has(type))];
  return merged.sort((a, b) => (`${a.type} ${a.hash}` < `${b.type} ${b.hash}` ? -1 : 1)).slice(0, KEYS_KEPT);
}

function foldCertificate(known: ServiceIdentity['certificate'], seen: ServiceIdentity['certificate'], folding: Folding) {
  if (known === null || seen === null || known.sha256 === seen.sha256) return known ?? seen;
  return believes('tls', { from: known.sha256, to: seen.sha256 }, folding) ? seen : known;
}

function foldPage(known: ServiceIdentity, seen: ServiceIdentity, folding: Folding): Pick<ServiceIdentity, 'httpTitle' | 'httpServer'> {
  const text = (identity: ServiceIdentity): string => JSON.stringify(lastingPage(identity));
  const told = { ...NO_IDENTITY, httpTitle: seen.httpTitle ?? known.httpTitle, httpServer: seen.httpServer ?? known.httpServer };
  const isNews = pageChanged(known, seen) && believes('page', { from: text(known), to: text(told) }, folding);
  const { httpTitle, httpServer } = isNews
    ? told
    : { httpTitle: known.httpTitle ?? told.httpTitle, httpServer: known.httpServer ?? told.httpServer };
  return { httpTitle, httpServer };
}

function toldOf(before: DevicePort | undefined, turns: TurnsOf): DevicePort['told'] {
  const expiry = before?.told?.expiry;
  const any = Object.keys(turns).length > 0;
  return any || expiry ? { ...(any && { turns }), ...(expiry && { expiry }) } : undefined;
}
