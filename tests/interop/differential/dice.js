// A reproducible sequence from a seed (SplitMix64).
const mask = 0xffffffffffffffffn;

export class Dice {
  #state;

  constructor(seed) {
    this.#state = BigInt(seed) & mask;
  }

  below(bound) {
    this.#state = (this.#state + 0x9e3779b97f4a7c15n) & mask;
    let mixed = this.#state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
    return Number((mixed ^ (mixed >> 31n)) % BigInt(bound));
  }

  /// True in `percent` of 100 calls.
  chance(percent) {
    return this.below(100) < percent;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /// `text` with the case of its letters at random.
  respell(text) {
    return [...text].map((c) => (this.chance(50) ? c.toUpperCase() : c.toLowerCase())).join("");
  }
}

/// The seed of every run without ROLLCALL_SEED.
export const usualSeed = 1n;

/// ROLLCALL_SEED, else the usual one; printed, so that a failure can be replayed.
export function announcedSeed() {
  const seed = BigInt(process.env.ROLLCALL_SEED ?? usualSeed);
  console.log(`ROLLCALL_SEED=${seed}`);
  return seed;
}
