import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { radiusOf } from './layout.ts';
import classes from './map.module.css';
import type { MapNode } from './model.ts';
import { labelOf, spokenOf } from './names.ts';
import type { Place } from './walk.ts';

interface Props {
  readonly node: MapNode;
  readonly place: Place;
  readonly chosen: boolean;
  /** The Tab key stops here. */
  readonly inOrder: boolean;
  readonly choose: () => void;
}

/** Signs of a name on the sheet; the rest is told beside it. */
const LONGEST = 18;

export function MapNodeMark({ node, place, chosen, inOrder, choose }: Props) {
  const texts = useTexts();
  const radius = radiusOf(node);
  return (
    <g
      role="button"
      tabIndex={inOrder ? 0 : -1}
      aria-label={visible(spokenOf(node, texts))}
      aria-pressed={chosen}
      data-node={node.id}
      data-kind={node.kind}
      className={classes.node}
      transform={`translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
    >
      <circle r={radius} className={classes[node.kind]} {...(node.kind === 'device' && { 'data-presence': node.row.presence })} />
      {node.kind === 'device' && node.gateway && <circle r={radius + 4} className={classes.ring} />}
    </g>
  );
}

/** What is written at a node. In a layer of its own, that nobody hears: the node itself says all of it. */
export function MapNodeText({ node, place }: Pick<Props, 'node' | 'place'>) {
  const texts = useTexts();
  const label = visible(labelOf(node, texts));
  return (
    <g transform={`translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`} className={classes.written}>
      {node.kind !== 'device' && (
        <text textAnchor="middle" dy="0.35em" className={classes.count}>
          {node.here}
        </text>
      )}
      <text textAnchor="middle" y={radiusOf(node) + 12} className={classes.name}>
        {label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label}
      </text>
    </g>
  );
}
