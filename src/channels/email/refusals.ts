import { type Delivery, untrusted } from '../../core/index.ts';

type Refused = Extract<Delivery, { outcome: 'refused' }>;

/** Nothing gets through now; the same mail may later. */
export const noWay = (reason: string, remedy: string): Refused => ({
  outcome: 'refused',
  reason,
  remedy,
  what: 'channel',
  again: true,
  after: null,
});

/** This mail is not taken. */
export const notThis = (reason: string, remedy: string, again: boolean): Refused => ({
  outcome: 'refused',
  reason,
  remedy,
  what: 'message',
  again,
  after: null,
});

/** What nodemailer throws. */
interface SmtpFailure {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
}

const IS_IT_THERE = 'check that the mail server runs, and its address and port';
const IS_IT_ONE = 'check the name of the mail server';

/** By what nodemailer calls it, or the system, where there is no connection to speak over. */
const REMEDIES: Readonly<Record<string, string>> = {
  EAUTH: 'check user and password in the mail URL',
  EDNS: IS_IT_ONE,
  ENOTFOUND: IS_IT_ONE,
  ETLS: 'check that the server offers STARTTLS, and that its certificate is trusted ([mail] ca names further ones)',
  ECONNECTION: IS_IT_THERE,
  ECONNREFUSED: IS_IT_THERE,
  EHOSTUNREACH: IS_IT_THERE,
  ENETUNREACH: IS_IT_THERE,
  ETIMEDOUT: IS_IT_THERE,
  ESOCKET: IS_IT_THERE,
};

/** Answers to the mail itself; whatever is said to anything else concerns every mail. */
const ABOUT_MESSAGE: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA']);

/** What a failed sending means. Of what the server said a line is told; `where` names the server. */
export function refusalOf(thrown: unknown, where: string): Refused {
  const { message, code, responseCode, command } = (thrown ?? {}) as SmtpFailure;
  const said = untrusted(String(message ?? thrown), 300);
  const reason = `${where} says: ${said}`;
  if (code === 'EMESSAGE' && typeof responseCode !== 'number') return notThis(reason, 'send less at once', false);
  if (ABOUT_MESSAGE.has(command) && typeof responseCode === 'number' && responseCode !== 421)
    return notThis(
      reason,
      responseCode >= 500 ? 'check the address, and what the server takes' : 'nothing, if it goes away by itself',
      responseCode < 500,
    );
  return noWay(reason, REMEDIES[String(code)] ?? 'check the mail server');
}
