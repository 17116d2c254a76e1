import type { Alert, JsonObject, Message } from '../../core/index.ts';
import { cutText, inJson } from '../words/cut.ts';
import { stillLinks } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

/** A message may have 28 KB, the flow's own wrapping among them; each line costs about 110 bytes of card. */
const MOST = { bytes: 12_000, lines: 80 } as const;

/** A page for a flow "when a Teams webhook request is received". Text stands in runs, which no client reads as Markdown. */
export function pageOf(message: Message): JsonObject {
  const { subject, text } = toldBy(message);
  const head = { type: 'TextRun', text: stillLinks(subject), weight: 'Bolder', size: 'Medium', color: colourOf(message.alert) };
  const lines = text === '' ? [] : fewer(text).split('\n');
  const body = [block(head), ...lines.map((line) => block({ type: 'TextRun', text: line === '' ? ' ' : line }))];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    // Old clients read this one as Markdown: nothing foreign may be in it.
    fallbackText: 'Rollcall has something to tell, which this client is too old to show.',
    body,
    msteams: { width: 'Full' },
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }] };
}

const block = (run: JsonObject): JsonObject => ({ type: 'RichTextBlock', spacing: 'Small', inlines: [run] });

/** As much as fits, by bytes and by lines. */
const fewer = (text: string): string =>
  cutText(text, { most: MOST.bytes, as: stillLinks, measure: (part) => Math.max(inJson(part), sizeByLines(part)) });

const sizeByLines = (text: string): number => (text.split('\n').length * MOST.bytes) / MOST.lines;

function colourOf(alert: Alert | undefined): string {
  if (alert?.kind === 'resolved') return 'Good';
  if (alert?.urgency === 'critical') return 'Attention';
  return alert?.urgency === 'high' ? 'Warning' : 'Default';
}
