import { argon2, timingSafeEqual } from 'node:crypto';

import { LONGEST_PASSWORD } from './password-rules.ts';
import type { Dice } from './secrets.ts';
import { Turns } from './turns.ts';

/** Cost of argon2id. */
export interface Cost {
  /** In KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** As OWASP advises: 19 MiB, two passes, one lane. */
export const COST: Cost = { memory: 19 * 1024, passes: 2, lanes: 1 };

const [SALT, TAG] = [16, 32];

/** A flood of sign-ins must take neither all memory nor all threads (S18). */
const WIDTH = { atOnce: 2, waiting: 100 } as const;

/** Makes and checks what proves a password: a PHC string of argon2id with its cost and salt. Fault 'unavailable' when too many wait. */
export class Passwords {
  readonly #turns = new Turns(WIDTH);
  readonly #cost: Cost;
  readonly #dice: Dice;
  /** What proves nothing, and takes as long to check. */
  readonly #nobody: string;

  constructor({ cost, dice }: { readonly cost: Cost; readonly dice: Dice }) {
    this.#cost = cost;
    this.#dice = dice;
    this.#nobody = phc(cost, Buffer.alloc(SALT), Buffer.alloc(TAG));
  }

  async hash(password: string): Promise<string> {
    const salt = Buffer.from(this.#dice(SALT));
    return phc(this.#cost, salt, await this.#derive(password, { salt, cost: this.#cost }));
  }

  /** Whether a password is the one; null, or what proves nothing that can be read, takes as long and is never right. */
  async proves(password: string, proof: string | null): Promise<boolean> {
    const known = proof === null || password.length > LONGEST_PASSWORD ? undefined : readProof(proof);
    const read = known ?? readProof(this.#nobody);
    if (read === undefined) return false;
    const tag = await this.#derive(password.slice(0, LONGEST_PASSWORD), read);
    return timingSafeEqual(tag, read.tag) && known !== undefined;
  }

  /** Whether a proof was made at another cost than today's. */
  isOutdated(proof: string): boolean {
    const cost = readProof(proof)?.cost;
    const { memory, passes, lanes } = this.#cost;
    return cost !== undefined && (cost.memory !== memory || cost.passes !== passes || cost.lanes !== lanes);
  }

  #derive(password: string, { salt, cost }: Ingredients): Promise<Buffer> {
    const message = Buffer.from(password.normalize('NFC'));
    const recipe = { message, nonce: salt, parallelism: cost.lanes, tagLength: TAG, memory: cost.memory, passes: cost.passes };
    return this.#turns.take(
      () =>
        new Promise<Buffer>((resolve, reject) => {
          argon2('argon2id', recipe, (failure, tag) => (failure ? reject(failure) : resolve(tag)));
        }),
    );
  }
}

interface Ingredients {
  readonly salt: Buffer;
  readonly cost: Cost;
}

const phc = ({ memory, passes, lanes }: Cost, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const PHC =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,3}),p=(?<lanes>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{22,86})\$(?<tag>[A-Za-z0-9+/]{43})$/;

/** More than that nobody has asked for: a damaged row must not take the machine. */
const MOST: Cost = { memory: 1024 * 1024, passes: 20, lanes: 16 };

function readProof(proof: string): (Ingredients & { readonly tag: Buffer }) | undefined {
  const read = PHC.exec(proof)?.groups;
  if (read === undefined) return undefined;
  const cost = { memory: Number(read['memory']), passes: Number(read['passes']), lanes: Number(read['lanes']) };
  if (cost.memory > MOST.memory || cost.passes > MOST.passes || cost.lanes > MOST.lanes) return undefined;
  if (cost.lanes < 1 || cost.passes < 1 || cost.memory < 8 * cost.lanes) return undefined;
  return { cost, salt: Buffer.from(read['salt'] ?? '', 'base64'), tag: Buffer.from(read['tag'] ?? '', 'base64') };
}
