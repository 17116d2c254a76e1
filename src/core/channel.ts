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

/** A way to tell somebody something. It delivers, once, now; who is told what, and when to try again, is decided elsewhere. */
export interface Channel {
  /** For people: "mail to ops@example.org". */
  readonly name: string;
  /** Never rejects: whatever goes wrong is the outcome. Gives up when the signal stops, and by itself within two minutes. */
  send(message: Message, signal: StopSignal): Promise<Delivery>;
}
