import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { Layout } from './layout.ts';
import type { MapModel } from './model.ts';
import type { Place } from './walk.ts';

/** Where the nodes lie; moves until all is at rest. Only another set of nodes or links begins anew, not who is here. */
export function usePlaces(model: MapModel): ReadonlyMap<string, Place> {
  const still = useReducedMotion();
  const [places, setPlaces] = useState<ReadonlyMap<string, Place>>(new Map());
  const known = useRef(places);
  const shape = model.links.map(({ from, to }) => `${from}\n${to}`).join('\n\n') + model.nodes.length;
  const newest = useRef(model);
  newest.current = model;
  useEffect(() => {
    const layout = new Layout(newest.current, known.current);
    const show = (): void => {
      known.current = layout.places();
      setPlaces(known.current);
    };
    if (still) {
      layout.settle();
      return show();
    }
    let frame = requestAnimationFrame(function move() {
      const moving = layout.step();
      show();
      if (moving) frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [shape, still]);
  return places;
}
