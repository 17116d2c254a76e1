import { type Channel, type Delivery, untrusted, untrustedLines } from '../core/index.ts';
import { cleanMessage } from './clean-message.ts';
import { deadline, orStopped } from './exchange/deadline.ts';
import { notNow } from './exchange/refusals.ts';
import { redactor } from './redact.ts';

/** A channel gives up by itself within this, whatever its kind forgot, in ms. */
const FOR_ALL = 110_000;
/** For a kind to end by itself when it is stopped. */
const GRACE = 3000;
const SAID = 600;

/** The channel with what every channel promises: it is handed clean text, nothing secret leaves it, it never rejects, and it ends. */
export function careful(channel: Channel, secrets: readonly string[]): Channel {
  const redact = redactor(secrets);
  // Secrets first: half of one, where a text is cut, would not be found.
  const clean = (text: string): string => untrusted(redact(untrusted(text, 10 * SAID)), SAID);
  const cleaned = (delivery: Delivery): Delivery =>
    delivery.outcome === 'delivered'
      ? { ...delivery, receipt: clean(delivery.receipt) }
      : { ...delivery, reason: clean(delivery.reason), remedy: clean(delivery.remedy) };
  return {
    ...channel,
    name: clean(channel.name),
    async send(message, signal, overhear) {
      const limit = deadline(signal, FOR_ALL);
      const heard = overhear && ((line: Parameters<typeof overhear>[0]) => overhear({ ...line, text: redact(untrustedLines(line.text)) }));
      try {
        return cleaned(await orStopped(channel.send(cleanMessage(message), limit.signal, heard), limit.signal, GRACE));
      } catch (thrown) {
        return cleaned(
          notNow(`telling ${channel.name}: ${limit.signal.aborted ? limit.why() : String(thrown)}`, 'try again, or report this'),
        );
      } finally {
        limit.done();
      }
    },
  };
}
