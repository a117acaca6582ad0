// PATCH operations: applied as other implementations do, or as the departure's citation says.
import assert from "node:assert/strict";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";

import { Comparison } from "./comparison.js";
import { Dice, announcedSeed, usualSeed } from "./dice.js";
import { randomStored } from "./directory.js";
import { evaluate } from "./ours.js";
import { patchDepartures } from "./patch_departures.js";
import { patchLibraries } from "./patch_libraries.js";
import { print, randomOperation } from "./patches.js";

const caseCount = 1000;
const mutatedCount = 400;

function generate(seed) {
  const dice = new Dice(seed);
  return Array.from({ length: caseCount }, () => {
    const type = dice.chance(80) ? "User" : "Group";
    const resource = randomStored(dice, type);
    return { type, resource, operations: [randomOperation(dice, type, resource)] };
  });
}

function askUs(cases) {
  const answers = evaluate(cases.map((one) => ({ ...one, operations: one.operations.map(print) })));
  return answers.map(({ error, detail, ...answer }) => (error === undefined ? answer : { refused: error }));
}

// Mistakes an implementation could make, as the operation it would then see.
const mistakes = {
  "add is replace": (one) => (one.op === "add" ? { ...one, op: "replace" } : one),
  "replace is add": (one) => (one.op === "replace" ? { ...one, op: "add" } : one),
  "remove ignores the value": ({ value, ...one }) => (one.op === "remove" ? one : { ...one, value }),
  "the filter is ignored": (one) =>
    one.target?.sub ? one : { ...one, target: one.target && { ...one.target, filter: undefined } },
  "the sub-attribute is ignored": (one) =>
    one.op === "remove" ? { ...one, target: { ...one.target, sub: undefined } } : one,
};

const show = ({ input, ...answers }) =>
  JSON.stringify({ operations: input.operations.map(print), before: input.resource, ...answers });

const seed = announcedSeed();
const cases = generate(seed);
const answers = askUs(cases);

for (const library of Object.keys(patchLibraries)) {
  // As both see it: P-21, P-23, P-32, P-33, P-41, P-43. By departures: P-05, P-08, P-11, P-12, P-14,
  // P-20, P-22, P-24, P-25, P-26, P-27, P-29, P-34, P-35, P-36, P-37, P-38, P-40, P-42, P-44, P-45, P-46,
  // P-47, E-07, G-02, G-15, G-16, G-17, G-18, G-20, G-21, R-06, U-09, I-01, I-03, I-14, I-17, I-20,
  // I-21, I-24.
  test(`PATCH agrees with ${library}`, async () => {
    const comparison = new Comparison(library, patchDepartures, patchLibraries[library]);
    for (const [i, input] of cases.entries()) await comparison.check(input, answers[i]);
    console.log(comparison.report());
    assert.deepEqual(comparison.unexplained.slice(0, 5).map(show), []);
    // With another seed a rare departure may not come up.
    if (seed === usualSeed) assert.deepEqual(comparison.stale(), []);
  });

  test(`mistakes do not agree with ${library}`, async () => {
    const comparison = new Comparison(library, patchDepartures, patchLibraries[library]);
    const few = cases.slice(0, mutatedCount);
    const expected = await Promise.all(few.map((input) => comparison.expected(input)));
    for (const [name, mistake] of Object.entries(mistakes)) {
      const wrong = askUs(few.map((one) => ({ ...one, operations: one.operations.map(mistake) })));
      assert.ok(
        expected.some((theirs, i) => !isDeepStrictEqual(theirs, wrong[i])),
        name,
      );
    }
  });
}
