import { ActionIcon, Group, Paper } from '@mantine/core';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTexts } from '../../texts/language.tsx';
import classes from './map.module.css';
import { MapNodeMark, MapNodeText } from './map-node.tsx';
import type { MapModel } from './model.ts';
import { usePlaces } from './use-places.ts';
import { boundsOf, zoomed } from './view.ts';
import { isDirection, nextOf } from './walk.ts';

interface Props {
  readonly model: MapModel;
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}

/** The drawing itself. One of its nodes is in the order of the Tab key; from it arrow keys lead to the others. */
export function Drawing({ model, chosen, choose }: Props) {
  const { map } = useTexts();
  const places = usePlaces(model);
  const [zoom, setZoom] = useState(1);
  const svg = useRef<SVGSVGElement>(null);
  const first = chosen !== null && places.has(chosen) ? chosen : model.nodes[0]?.id;
  const walk = (event: KeyboardEvent): void => {
    const from = (event.target as Element).closest('[data-node]')?.getAttribute('data-node');
    if (!isDirection(event.key) || !from) return;
    event.preventDefault();
    const next = nextOf(places, from, event.key);
    if (next === undefined) return;
    choose(next);
    svg.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <Paper withBorder radius="md" className={classes.sheet}>
      <Group gap={4} className={classes.tools}>
        <ActionIcon variant="default" aria-label={map.closer} onClick={() => setZoom(Math.min(6, zoom * 1.4))}>
          <IconPlus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={map.farther} onClick={() => setZoom(Math.max(1, zoom / 1.4))}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={map.whole} onClick={() => setZoom(1)}>
          <IconZoomReset size={16} />
        </ActionIcon>
      </Group>
      <svg
        ref={svg}
        viewBox={zoomed(boundsOf(places), zoom, chosen === null ? undefined : places.get(chosen))}
        className={classes.map}
        role="group"
        aria-label={map.about}
        onKeyDown={walk}
      >
        <g aria-hidden="true">
          {model.links.map(({ from, to }) => {
            const [a, b] = [places.get(from), places.get(to)];
            return a && b && <line key={`${from} ${to}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} className={classes.link} />;
          })}
        </g>
        {model.nodes.map((node) => {
          const place = places.get(node.id);
          return (
            place && (
              <MapNodeMark
                key={node.id}
                node={node}
                place={place}
                chosen={node.id === chosen}
                inOrder={node.id === first}
                choose={() => choose(node.id)}
              />
            )
          );
        })}
        <g aria-hidden="true">
          {model.nodes.map((node) => {
            const place = places.get(node.id);
            return place && <MapNodeText key={node.id} node={node} place={place} />;
          })}
        </g>
      </svg>
    </Paper>
  );
}
