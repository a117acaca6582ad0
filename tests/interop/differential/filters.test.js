// Filters: parsed and evaluated as other implementations do, or as the departure's citation says.
import assert from "node:assert/strict";
import test from "node:test";

import { Comparison } from "./comparison.js";
import { Dice, announcedSeed, usualSeed } from "./dice.js";
import { randomResource } from "./directory.js";
import { filterDepartures } from "./filter_departures.js";
import { filterLibraries } from "./filter_libraries.js";
import { mapTests, print, randomFilter } from "./filters.js";
import { evaluate } from "./ours.js";

const filterCount = 1500;
const resourceCount = 6;
const mutatedCount = 400;

function generate(seed) {
  const dice = new Dice(seed);
  return Array.from({ length: filterCount }, () => {
    const type = dice.chance(80) ? "User" : "Group";
    const resources = Array.from({ length: resourceCount }, () => randomResource(dice, type));
    return { type, filter: randomFilter(dice, type), resources };
  });
}

function askUs(cases) {
  return evaluate(cases.map(({ type, filter, resources }) => ({ type, filter: print(filter), resources })));
}

// Every resource of every case, with our answer.
function* answered(cases, answers) {
  for (const [i, { filter, resources }] of cases.entries()) {
    for (const [k, resource] of resources.entries()) {
      yield [{ filter, resource }, answers[i].error ?? answers[i].matches[k]];
    }
  }
}

const mapNodes = (filter, change) =>
  change(
    filter.of === undefined
      ? filter
      : { ...filter, of: filter.of.map((operand) => mapNodes(operand, change)) },
  );
const swapOperator = (from, to) => (filter) =>
  mapTests(filter, (one) => (one.op === from ? { ...one, op: to } : one));

// Mistakes an implementation could make, as the filter it would then see.
const mistakes = {
  "or binds as tightly as and": (filter) =>
    mapNodes(filter, (one) => (one.is === "or" ? { ...one, is: "and" } : one)),
  "not is ignored": (filter) => mapNodes(filter, (one) => (one.is === "not" ? one.of[0] : one)),
  "brackets join different elements": (filter) =>
    mapNodes(filter, (one) =>
      one.is === "element" ? mapTests(one.of[0], (inner) => ({ ...inner, within: false })) : one,
    ),
  "ge is gt": swapOperator("ge", "gt"),
  "sw is co": swapOperator("sw", "co"),
  "pr is not empty": (filter) =>
    mapTests(filter, (one) => (one.op === "pr" ? { ...one, op: "ne", value: "" } : one)),
};

const show = ({ input, ...answers }) =>
  JSON.stringify({ filter: print(input.filter), ...answers, resource: input.resource });

const seed = announcedSeed();
const cases = generate(seed);
const answers = askUs(cases);

for (const library of Object.keys(filterLibraries)) {
  // As the libraries have it: F-02, F-03, F-04, F-05, F-07, F-09, F-10, F-12, F-15, F-17. By departures: F-06,
  // F-08, F-11, F-13, F-14, F-16, F-18, F-20, F-21, F-24, F-26, F-30, F-31, F-32, F-35, F-36, F-40, F-41,
  // F-42, F-47, G-15, G-22, I-03, I-06, I-15, I-39.
  test(`filters agree with ${library}`, async () => {
    const comparison = new Comparison(library, filterDepartures, filterLibraries[library]);
    for (const [input, ours] of answered(cases, answers)) await comparison.check(input, ours);
    console.log(comparison.report());
    assert.deepEqual(comparison.unexplained.slice(0, 5).map(show), []);
    // With another seed a rare departure may not come up.
    if (seed === usualSeed) assert.deepEqual(comparison.stale(), []);
  });

  test(`mistakes do not agree with ${library}`, async () => {
    const comparison = new Comparison(library, filterDepartures, filterLibraries[library]);
    const few = cases.slice(0, mutatedCount);
    for (const [name, mistake] of Object.entries(mistakes)) {
      const wrong = askUs(few.map((one) => ({ ...one, filter: mistake(one.filter) })));
      let noticed = 0;
      for (const [input, ours] of answered(few, wrong))
        noticed += (await comparison.expected(input)) !== ours;
      assert.ok(noticed > 0, name);
    }
  });
}
