import { type Alert, type Message, untrusted } from '../../core/index.ts';
import { alertPage } from './alert-page.ts';

/** Longest subject, in characters. */
const SUBJECT = 200;

/** What the mail of a message is made of: texts only, never a path, a URL or a header of its own. */
export function letterOf(message: Message, from: string, to: string) {
  const { id, at, subject, text, attachments, alert } = message;
  const html = message.html ?? (alert ? alertPage(message, alert) : null);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    from,
    to,
    envelope: { from, to: [to] },
    // One line, whatever names it is made of: control characters are gone, line ends among them.
    subject: untrusted(subject, SUBJECT),
    text,
    ...(html !== null && { html }),
    attachments: attachments.map(({ name, type, text: content }) => ({
      filename: name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 100),
      contentType: `${type}; charset=utf-8`,
      content: Buffer.from(content, 'utf8'),
    })),
    messageId: idOf(id, domain),
    ...(alert && threadOf(alert, domain)),
    date: new Date(at),
    // Nobody who is away should answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const idOf = (id: string, domain: string): string => `<${id.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 100)}@${domain}>`;

/** All mails of an incident name one that was never sent: so they are one thread, whichever of them arrives. */
function threadOf({ thread, kind, urgency }: Alert, domain: string) {
  const root = idOf(`thread.${thread}`, domain);
  const loud = urgency === 'critical' && kind !== 'resolved';
  return { references: root, ...(kind !== 'opened' && { inReplyTo: root }), ...(loud && { priority: 'high' as const }) };
}
