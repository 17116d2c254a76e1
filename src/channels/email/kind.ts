import { z } from 'zod';
import { bad, Fault, good, type OptionFault, parseMailAddress, type Result } from '../../core/index.ts';
import { whereTo } from '../exchange/where-to.ts';
import { channelKind, type KindWorld } from '../kind.ts';
import { option } from '../options.ts';
import { createEmail } from './email.ts';
import { type MailServer, readMailServer } from './mail-server.ts';

const address = (what: string) =>
  option(what, (value) => (typeof value === 'string' ? parseMailAddress(value) : bad('it is not a text', what)));

const schema = z
  .strictObject({
    to: address('write the address of the receiver, like ops@example.org'),
    url: option('write smtp://user:password@mail.example.org:587 or smtps://...; left out: as [mail] says', readUrl).optional(),
    from: address('write the address of the sender; left out: as [mail] says').optional(),
  })
  .superRefine(({ url, from }, context) => {
    if (url !== undefined && from === undefined)
      context.addIssue({
        code: 'custom',
        path: ['from'],
        message: 'it is missing beside a server of its own',
        params: { remedy: 'write from = "rollcall@example.org"' },
      });
  });

/** A URL of our own kind of server, kept as it is written. */
function readUrl(value: unknown): Result<{ readonly text: string; readonly server: MailServer }> {
  if (typeof value !== 'string') return bad('it is not a text', 'write smtp://user:password@mail.example.org:587');
  try {
    return good({ text: value, server: readMailServer(value) });
  } catch (thrown) {
    const { message, remedy = '' } = thrown as Fault;
    return bad(message, remedy);
  }
}

export const email = channelKind({
  kind: 'email',
  what: 'mail to one receiver, by [mail] of the config file or a server of its own',
  edits: false,
  schema,
  secrets: ['url'],
  tls: true,
  places: ({ url }) => (url === undefined ? [] : [{ key: 'url', host: url.server.host, port: url.server.port }]),
  lacks: ({ url }, world) => (url === undefined ? wayLacking(world) : null),
  create({ to, url, from }, world) {
    if (url !== undefined && from !== undefined)
      return createEmail({ way: { kind: 'smtp', url: url.text }, from, to, ca: null, trust: world.ca, finding: findingOf(world) });
    const { way, ca, ...house } = world.mail();
    return createEmail({ way, from: from ?? house.from, to, ca, trust: world.ca });
  },
});

/** What cannot be read now may be there when something is to be told, so it is no matter of the channel. */
function wayLacking({ mail }: Pick<KindWorld, 'mail'>): OptionFault | null {
  try {
    mail();
    return null;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const { code, message, remedy } = fault;
    return code === 'bad-input' ? { key: 'url', reason: message, remedy: `set url and from of the channel; or ${remedy}` } : null;
  }
}

/** Who may set up a channel may not send us to places that the config file does not open. */
const findingOf =
  ({ guard, lookup }: KindWorld) =>
  (host: string, port: number, signal: AbortSignal) =>
    whereTo({ host, port, guard, lookup, signal });
