import type { Texts } from '../../texts/texts.ts';
import type { MapNode } from './model.ts';

/** What a node is called on the sheet. May be text from the network. */
export function labelOf(node: MapNode, { map, words }: Texts): string {
  if (node.kind === 'segment') return node.segment.block === '' ? map.elsewhere : node.segment.block;
  if (node.kind === 'group') return node.name ?? map.others;
  return node.row.name ?? node.row.addresses[0] ?? `${words.nameless} #${node.row.id}`;
}

/** What a node is, in a sentence for who does not see the sheet. */
export function spokenOf(node: MapNode, texts: Texts): string {
  const { map, words } = texts;
  const label = labelOf(node, texts);
  if (node.kind === 'segment')
    return `${map.segment} ${label}: ${map.hereOf(node.here, node.count)}${node.segment.blind ? `, ${map.blind}` : ''}`;
  if (node.kind === 'group') return `${map.group} ${label}: ${map.hereOf(node.here, node.rows.length)}`;
  return `${node.gateway ? map.gateway : words.device} ${label}: ${words.presence[node.row.presence]}`;
}
