import { type Message, untrusted } from '../../core/index.ts';

/** Longest subject, in characters. */
const SUBJECT = 200;

/** What the mail of a message is made of: texts only, never a path, a URL or a header of its own. */
export function letterOf({ id, at, subject, text, html, attachments }: Message, from: string, to: string) {
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
    messageId: `<${id.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 100)}@${domain}>`,
    date: new Date(at),
    // Nobody who is away should answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
