import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationNodeDatum,
} from 'd3-force';
import type { MapModel, MapNode } from './model.ts';
import type { Place } from './walk.ts';

interface Body extends SimulationNodeDatum {
  readonly id: string;
  readonly radius: number;
}

/** Half of what a node takes, in units of the drawing. */
export function radiusOf(node: MapNode): number {
  if (node.kind === 'segment') return 26;
  if (node.kind === 'group') return 10 + Math.min(26, 3 * Math.sqrt(node.rows.length));
  return node.gateway ? 12 : 8;
}

/** The whole of the movement: after so many steps nothing moves that an eye would see. */
const STEPS = 300;
/** So many at a time, so that the page answers meanwhile. */
const AT_ONCE = 15;

const [NEAR, FAR] = [34, 120];
/** Around a node, for its name. */
const ROOM = 10;

const idOf = (end: string | Body): string => (typeof end === 'string' ? end : end.id);

/** Where the nodes go. Nodes that were placed before begin where they were, so that a map one knows stays the one it is. */
export class Layout {
  readonly #bodies: Body[];
  readonly #simulation: Simulation<Body, undefined>;
  #steps = 0;

  constructor({ nodes, links }: MapModel, before: ReadonlyMap<string, Place>) {
    this.#bodies = nodes.map((node) => ({ id: node.id, radius: radiusOf(node), ...before.get(node.id) }));
    const far = new Set(nodes.flatMap(({ id, kind }) => (kind === 'device' ? [] : [id])));
    const count = new Map(
      Map.groupBy(links, ({ from }) => from)
        .entries()
        .map(([id, { length }]) => [id, length]),
    );
    const pulls = links.map(({ from, to }) => ({ source: from, target: to }));
    this.#simulation = forceSimulation(this.#bodies)
      .force(
        'links',
        forceLink<Body, { source: string | Body; target: string | Body }>(pulls)
          .id(({ id }) => id)
          .distance(({ source, target }) => (far.has(idOf(target)) ? FAR : NEAR + 5 * Math.sqrt(count.get(idOf(source)) ?? 0))),
      )
      .force(
        'apart',
        forceManyBody<Body>().strength(({ radius }) => -8 * radius),
      )
      .force(
        'collide',
        forceCollide<Body>(({ radius }) => radius + ROOM),
      )
      .force('x', forceX<Body>(0).strength(0.04))
      .force('y', forceY<Body>(0).strength(0.06))
      .stop();
  }

  /** Moves on for one frame; false when all lies still. */
  step(): boolean {
    const count = Math.min(AT_ONCE, STEPS - this.#steps);
    this.#simulation.tick(count);
    this.#steps += count;
    return this.#steps < STEPS;
  }

  settle(): void {
    while (this.step());
  }

  places(): Map<string, Place> {
    return new Map(this.#bodies.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  }
}
