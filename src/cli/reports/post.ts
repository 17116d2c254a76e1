import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Delivery, Fault, type Instant, type Message, orFault, parseMailAddress } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { loadConfig } from '../load-config.ts';
import type { MailRoute } from '../world.ts';
import { mailRoute } from './mail-route.ts';
import { type Outbox, type OutboxEntry, outboxIn } from './outbox.ts';

/** A report as it is mailed. */
export interface ReportMail {
  readonly stamp: string;
  readonly at: Instant;
  readonly headline: string;
  readonly text: string;
  readonly page: string;
  readonly document: string;
}

export interface Delivered {
  /** Mails that still wait. */
  readonly waiting: number;
  /** Mails that were set aside. */
  readonly refused: number;
  /** Somebody pressed Ctrl-C. */
  readonly interrupted: boolean;
}

/** The mails of a folder: those of this run, and those of earlier ones that nobody took. */
export interface Post {
  /** Puts a mail for each receiver into the outbox; from then on none is lost. */
  queue(mail: ReportMail): Promise<void>;
  /** Sends what waits, oldest first, and says of each what went wrong. */
  deliver(): Promise<Delivered>;
}

interface PostParts {
  readonly route: MailRoute;
  readonly receivers: readonly string[];
  readonly outbox: Outbox;
  readonly attach: boolean;
  readonly call: Call;
}

export interface PostOrder {
  readonly receivers: readonly string[];
  readonly folder: string;
  /** Send the JSON along. */
  readonly attach: boolean;
}

/** Mails sent in one run: after a long outage the rest follows in the next. */
const MOST = 100;
/** Longer bodies are cut; servers and readers refuse mails of tens of megabytes. */
const LONGEST = 512 * 1024;

/** Checks the addresses of receivers, strictly and once each. */
export const readReceivers = (typed: readonly string[]): string[] => [...new Set(typed.map((text) => orFault(parseMailAddress(text))))];

/** null when there is nobody to write to, and nothing waits. Fault when nothing says how mail leaves this machine. */
export async function openPost({ receivers, folder, attach }: PostOrder, call: Call): Promise<Post | null> {
  const outbox = outboxIn(folder);
  if (receivers.length === 0 && (await outbox.count()) === 0) return null;
  const { mail } = await loadConfig(call.places.config, call.world);
  const route = await mailRoute(mail, call.world, hostname()).catch((fault: unknown) => unneeded(fault, receivers, { outbox, call }));
  if (route === null) return null;
  for (const to of receivers) await call.world.openMail({ ...route, to }); // what is wrong with the settings is told before anything is scanned
  const parts = { route, receivers, outbox, attach, call };
  return { queue: (report) => queue(report, parts), deliver: () => deliver(parts) };
}

/** Mails that wait are no reason not to report where nobody is to be written to. */
function unneeded(fault: unknown, receivers: readonly string[], { outbox, call }: Pick<PostParts, 'outbox' | 'call'>): null {
  if (receivers.length > 0 || !(fault instanceof Fault)) throw fault;
  call.out.complain(
    { text: 'rollcall:', tone: 'warn' },
    ` mails wait in ${outbox.path}, and ${fault.message.replace(/^reading --email: /, '')}`,
  );
  return null;
}

async function queue(mail: ReportMail, { receivers, outbox, attach }: PostParts): Promise<void> {
  for (const [i, to] of receivers.entries()) {
    const id = `${mail.stamp}.${randomBytes(8).toString('hex')}`;
    await outbox.add(`mail-${mail.stamp}-${String(i).padStart(3, '0')}.json`, {
      to,
      message: messageOf(mail, id, attach),
      attempts: 0,
      last: null,
    });
  }
}

function messageOf({ stamp, at, headline, text, page, document }: ReportMail, id: string, attach: boolean): Message {
  const attachments = attach ? [{ name: `report-${stamp}.json`, type: 'application/json' as const, text: document }] : [];
  return { id, at, subject: `[rollcall] ${headline}`, text: shortened(text), html: page.length > LONGEST ? null : page, attachments };
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, text.lastIndexOf('\n', LONGEST))}\n... the rest is too long for a mail; the whole report lies where it was made\n`;
}

async function deliver(parts: PostParts): Promise<Delivered> {
  const stop = new AbortController();
  const release = parts.call.world.onInterrupt(() => stop.abort());
  try {
    let refused = await clear(parts);
    for (const entry of await parts.outbox.oldest(MOST)) {
      const delivery = await sent(entry, parts, stop.signal);
      await settle(entry, delivery, parts);
      if (delivery.outcome === 'delivered') continue;
      if (!delivery.again) refused++;
      if (delivery.what === 'channel' || stop.signal.aborted) break;
    }
    return { waiting: await parts.outbox.count(), refused, interrupted: stop.signal.aborted };
  } finally {
    release();
  }
}

/** A damaged mail is told once, and not kept waiting for ever. Resolves to how many there were. */
async function clear({ outbox, call: { out } }: PostParts): Promise<number> {
  const damaged = await outbox.clear();
  for (const path of damaged)
    out.complain({ text: 'rollcall:', tone: 'bad' }, ` a mail that waited is damaged; it is set aside as ${path}`);
  return damaged.length;
}

async function sent({ to, message }: OutboxEntry, { route, call }: PostParts, signal: AbortSignal): Promise<Delivery> {
  try {
    const channel = await call.world.openMail({ ...route, to: orFault(parseMailAddress(to)) });
    return await channel.send(message, signal);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { outcome: 'refused', reason: thrown.message, remedy: thrown.remedy ?? '', what: 'message', again: false, after: null };
  }
}

async function settle(entry: OutboxEntry, delivery: Delivery, { outbox, call: { out, world } }: PostParts): Promise<void> {
  if (delivery.outcome === 'delivered') {
    await outbox.remove(entry);
    out.note(`mailed to ${entry.to}${entry.attempts > 0 ? ` (written ${new Date(entry.message.at).toISOString()})` : ''}`);
    return;
  }
  const { reason, remedy, again } = delivery;
  const failure = { at: world.now(), reason };
  if (again) await outbox.retain(entry, failure);
  const kept = again
    ? `it is kept in ${outbox.path}, and tried again at the next run`
    : `it is set aside as ${await outbox.setAside(entry, failure)}`;
  out.complain({ text: 'rollcall:', tone: 'bad' }, ` mailing to ${entry.to}: ${reason}; ${kept}`);
  if (remedy !== '') out.complain({ text: '  remedy:', tone: 'good' }, ` ${remedy}`);
}
