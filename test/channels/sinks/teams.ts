import type { Reply } from './http-sink.ts';
import { type FakeService, type Fields, fieldsOf, type Judge, json, startService } from './service.ts';

const SIGNATURE = '9ZrQm5bE2cV7kT1xWq0LhYpNfJ3sGdUaRiOe6tBvXyM';
export const TEAMS = {
  signature: SIGNATURE,
  hook: `/workflows/6af0c1d2e3b44f5a/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIGNATURE}`,
} as const;

const refuse = (status: number, code: string, message: string): Reply => json(status, { error: { code, message } });

export const teamsTooMany = (seconds: number): Reply => ({
  ...refuse(429, 'FlowRateLimited', 'The number of requests exceeds the limit.'),
  headers: { 'retry-after': String(seconds) },
});

/** A flow "when a Teams webhook request is received": what its trigger takes is accepted, and what its card action cannot draw is lost unseen. */
export const judgeTeams = (): Judge => {
  let last = 0;
  return (heard, board) => {
    const url = new URL(heard.path, 'http://flow');
    if (!url.pathname.startsWith('/workflows/6af0c1d2e3b44f5a/'))
      return refuse(404, 'WorkflowNotFound', 'The workflow could not be found.');
    if (url.searchParams.get('sig') !== TEAMS.signature)
      return refuse(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated only by Shared Access scheme.');
    if (Buffer.byteLength(heard.body) > 28 * 1024) return refuse(413, 'RequestEntityTooLarge', 'Request entity too large.');
    const asked = fieldsOf(heard);
    if (asked === null)
      return refuse(400, 'TriggerInputSchemaMismatch', "The input body for trigger 'manual' of type 'Request' did not match.");
    for (const text of cardsOf(asked)) board.put({ id: String(++last), title: '', text, loud: 'card' });
    return { status: 202, body: '' };
  };
};

export const fakeTeams = (): Promise<FakeService> => startService(judgeTeams());

interface Element {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly inlines?: readonly (string | { readonly type?: unknown; readonly text?: unknown })[];
}

/** What people read of each card; a card with anything unknown in it is not drawn. */
function cardsOf({ type, attachments }: Fields): string[] {
  if (type !== 'message' || !Array.isArray(attachments)) return [];
  return attachments.flatMap((one: { contentType?: unknown; content?: { type?: unknown; version?: unknown; body?: unknown } }) => {
    if (one.contentType !== 'application/vnd.microsoft.card.adaptive' || one.content?.type !== 'AdaptiveCard') return [];
    if (!Array.isArray(one.content.body) || !/^1\.[0-5]$/.test(String(one.content.version))) return [];
    const drawn = (one.content.body as Element[]).map(drawnOf);
    return drawn.includes(null) ? [] : [drawn.join('\n')];
  });
}

/** TextBlock is read as Markdown, the runs of a RichTextBlock as they stand. */
function drawnOf({ type, text, inlines }: Element): string | null {
  if (type === 'TextBlock' && typeof text === 'string') return markdown(text);
  if (type !== 'RichTextBlock' || !Array.isArray(inlines)) return null;
  const runs = inlines.map((run) =>
    typeof run === 'string' ? run : run.type === 'TextRun' && typeof run.text === 'string' ? run.text : null,
  );
  return runs.includes(null) ? null : runs.join('');
}

const markdown = (text: string): string =>
  text
    .replaceAll(/(?<!\\)\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    .replaceAll(/(?<!\\)(\*\*|__)(.+?)\1/g, '<b>$2</b>')
    .replaceAll(/(?<!\\)([*_])(.+?)\1/g, '<i>$2</i>')
    .replaceAll(/\\([^0-9A-Za-z\s])/g, '$1');
