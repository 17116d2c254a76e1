import type { JsonObject } from './change.ts';
import type { IncidentId } from './incident.ts';
import type { NotificationKind, TellLine } from './notification.ts';
import type { Urgency } from './rule.ts';
import type { Instant, Millis, StopSignal } from './time.ts';

/** What is told to somebody. Texts may hold foreign words; the channel makes them harmless for its own kind of sink. */
export interface Message {
  /** Stays the same however often it is sent, so that the receiver can drop doubles. Letters, digits, dots, dashes; at most 100. */
  readonly id: string;
  /** When it was written, not when it is sent. */
  readonly at: Instant;
  /** One line; a channel without subjects puts it first. */
  readonly subject: string;
  /** Whole without anything else here. */
  readonly text: string;
  /** The same as one page; null where there is none. */
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
  /** What an alert is made of, for machines; left out: it is none. */
  readonly alert?: Alert;
}

/** An alert as fields. All text in it may be foreign. */
export interface Alert {
  readonly site: string;
  readonly kind: NotificationKind;
  readonly urgency: Urgency;
  readonly rule: string | null;
  readonly incident: { readonly id: IncidentId; readonly state: 'open' | 'over'; readonly openedAt: Instant } | null;
  /** The same for all messages of one incident to one channel; letters, digits, dashes. Mails of one are one thread. */
  readonly thread: string;
  /** Of the message that this one takes the place of, as its delivery gave it; null: it is a new one. */
  readonly replaces: string | null;
  readonly lines: readonly TellLine[];
  /** Changes beyond the lines. */
  readonly more: number;
}

export interface Attachment {
  /** File name, without a path. */
  readonly name: string;
  readonly type: 'text/plain' | 'text/html' | 'application/json' | 'application/xml';
  readonly text: string;
}

/** What became of a message. */
export type Delivery =
  | {
      readonly outcome: 'delivered';
      /** What the receiver said, for the log; empty when nothing. */
      readonly receipt: string;
      /** How this message can be replaced by a later one; left out: it cannot. */
      readonly handle?: string;
    }
  | {
      readonly outcome: 'refused';
      /** For people: what was done, and what came back. Never holds a secret. */
      readonly reason: string;
      readonly remedy: string;
      /** `message`: this one is not taken, others may be. `channel`: nothing gets through now. */
      readonly what: 'message' | 'channel';
      /** Whether sending the same again may succeed. */
      readonly again: boolean;
      /** Not before this long, when the receiver says so. */
      readonly after: Millis | null;
    };

/** What was said to the receiver, and what came back: for people who set up a channel. Secrets are stars. */
export interface ExchangeLine {
  readonly from: 'us' | 'them';
  readonly text: string;
}

/** A way to tell somebody something. It delivers, once, now; who is told what, and when to try again, is decided elsewhere. */
export interface Channel {
  /** For people: "mail to ops@example.org". Never holds a secret. */
  readonly name: string;
  /** Never rejects: whatever goes wrong is the outcome. Gives up when the signal stops, and by itself within two minutes. */
  send(message: Message, signal: StopSignal, overhear?: (line: ExchangeLine) => void): Promise<Delivery>;
  /** Lets go of connections it keeps; left out: it keeps none. */
  close?(): Promise<void>;
}

/** What is wrong with the options of a channel. */
export interface OptionFault {
  /** The option; null: the whole. */
  readonly key: string | null;
  /** What is wrong with it, with the bad value unless that is secret. */
  readonly reason: string;
  readonly remedy: string;
}

/** What is known of a kind of channel before there is one. */
export interface ChannelTraits {
  readonly kind: string;
  /** One line for people. */
  readonly what: string;
  /** Whether a message that was delivered can be replaced by a later one. */
  readonly edits: boolean;
  /** Options that are never shown. */
  readonly secrets: readonly string[];
  /** Every option, with what to write. */
  readonly options: readonly { readonly key: string; readonly what: string; readonly needed: boolean }[];
}

/** Makes channels of every kind there is. */
export interface ChannelMaker {
  readonly kinds: readonly ChannelTraits[];
  /** Everything wrong at once; empty: it can work. Reads no file and asks nobody. */
  check(kind: string, options: JsonObject): readonly OptionFault[];
  /** Fault bad-input for what can never work, unavailable for a file that cannot be read; connects only when it sends. */
  open(kind: string, options: JsonObject): Promise<Channel>;
}
