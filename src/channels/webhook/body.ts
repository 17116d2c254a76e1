import type { Message } from '../../core/index.ts';
import { pageOf } from '../alert-page.ts';
import { clip } from '../clip.ts';
import { fillTemplate, type TemplateType } from './template.ts';

export const FORMATS = ['json', 'ifttt', 'template'] as const;

/** What a message is sent as. */
export interface BodyTerms {
  readonly format: (typeof FORMATS)[number];
  readonly template?: string | undefined;
  readonly content_type: TemplateType;
}

export function bodyOf(
  message: Message,
  { format, template = '', content_type: type }: BodyTerms,
): { readonly type: string; readonly body: string } {
  if (format === 'template') return { type: `${type}; charset=utf-8`, body: fillTemplate(template, type, message) };
  const page = format === 'ifttt' ? makerForm(message) : pageOf(message);
  return { type: 'application/json', body: JSON.stringify(page) };
}

const MOST = 1000;

/** The three values of IFTTT Maker: of a device its maker, address and MAC; of anything else title, text and place. */
function makerForm({ subject, text, alert }: Message): Record<'value1' | 'value2' | 'value3', string> {
  const [line] = alert?.lines ?? [];
  const { vendor, address, mac } = line?.device ?? {};
  // MACs as nmap writes them, for whoever compares them with what was sent before.
  const [value1, value2, value3] = line?.device
    ? [vendor, address, mac?.toUpperCase()]
    : [subject, text.trimEnd(), line?.place ?? alert?.site];
  return { value1: clip(value1 ?? '', MOST), value2: clip(value2 ?? '', MOST), value3: clip(value3 ?? '', MOST) };
}
