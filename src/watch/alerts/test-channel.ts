import type { Delivery, ExchangeLine, Message, Millis } from '../../core/index.ts';
import type { ChannelTest } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';
import { noChannel } from './asked-channels.ts';
import { shown } from './check-rule.ts';

/** Somebody waits for the answer. */
const CAP: Millis = 20_000;
/** A receiver may send a gigabyte. */
const MOST_LINES = 500;

/** Sends one message, now, past every rule and past the outbox. */
export async function testChannel(wired: Wired, name: string): Promise<ChannelTest> {
  const { alerts, outside } = wired;
  const setup = alerts.book.channels.find((one) => one.name === name);
  const maker = await alerts.maker();
  if (!setup || !maker) throw noChannel(`testing channel ${shown(name)}`);
  const channel = await maker.open(setup.kind, setup.options);
  const [late, done] = [new AbortController(), new AbortController()];
  const cap = outside.clock.sleep(CAP, done.signal).then(() => late.abort());
  const exchange: ExchangeLine[] = [];
  try {
    const overhear = (line: ExchangeLine): void => void (exchange.length < MOST_LINES && exchange.push(line));
    const delivery: Delivery = await channel.send(testMessage(wired, name), late.signal, overhear);
    return { delivery, exchange };
  } finally {
    done.abort();
    await cap;
    await channel.close?.();
  }
}

function testMessage({ outside, ledger }: Wired, name: string): Message {
  const { site } = ledger.roll;
  const at = outside.clock.now();
  const id = `test-${at.toString(36)}-${Math.floor(outside.dice() * 2 ** 32).toString(36)}`;
  const subject = `test of channel ${name} by rollcall at ${site}`;
  const alert = {
    site,
    kind: 'test',
    urgency: 'normal',
    rule: null,
    incident: null,
    thread: id,
    replaces: null,
    lines: [],
    more: 0,
  } as const;
  const text = `${subject}\n\nThis is how alerts come here. Nothing has happened.\n`;
  return { id, at, subject, text, html: null, attachments: [], alert };
}
