import { bad, good, type Waker } from '../../core/index.ts';
import { addressOf, NETS } from '../story/thing.ts';
import type { World } from './world.ts';

/** Host number of the machine of the story that takes the roll. */
const HERE = 5;

/** Sends nothing: whoever sleeps in the simulated networks hears it all the same, and comes. */
export function createDemoWaker(world: World): Waker {
  return {
    async wake({ mac, network: { iface, block } }) {
      const one = world.all.find((known) => known.mac?.toLowerCase() === mac.toLowerCase());
      if (one === undefined || NETS[one.thing.net].block !== block)
        return bad(`waking ${mac} in ${block}: nobody there has this card`, 'wake a device of the story');
      world.apply({ kind: 'comes', thing: one.thing.key });
      const { net } = one.thing;
      return good({ mac, iface, from: addressOf(net, HERE), to: addressOf(net, 255) });
    },
  };
}
