// Random filters as trees, and their text.
//
//   { is: "and" | "or" | "not", of: [tree, …] }
//   { is: "element", name, of: [tree], tail? }                 name[tree], name[tree].sub op value
//   { is: "test", name, sub?, leaf, many, within, op, value, spelling?, literal? }
//
// `leaf` is what is compared (schema.js), `many` is true if `name` is a list, `within` if the test
// stands in brackets. `spelling` and `literal` are how the client writes name and value.
import { instants, words } from "./directory.js";
import { enterpriseUrn, splitUrn, types } from "./schema.js";

const order = ["gt", "ge", "lt", "le"];
const substring = ["co", "sw", "ew"];
const offsets = ["2024-06-01T14:30:00+02:00", "2024-05-31T20:00:00-04:00", "2024-06-01T12:30:00.000Z"];

function randomOperator(dice, leaf) {
  if (dice.chance(12)) return "pr";
  if (leaf.kind === "boolean" && !dice.chance(8)) return dice.pick(["eq", "ne"]);
  if (leaf.kind === "dateTime" && !dice.chance(8)) return dice.pick(["eq", "ne", ...order]);
  return dice.pick(["eq", "eq", "ne", ...substring, ...order]);
}

// Another way to write an operand that means the same (I-03, I-06, F-35, F-36).
function respelledLiteral(dice, value) {
  if (typeof value === "boolean") return JSON.stringify(dice.respell(String(value)));
  if (typeof value !== "string") return undefined;
  if (/^\d+$/.test(value)) return value;
  if (/^[a-z]+$/i.test(value)) return dice.chance(50) ? value : `'${value}'`;
  return JSON.stringify(value).replace(/[Ää]/, (letter) => `\\u00${letter.codePointAt(0).toString(16)}`);
}

function randomOperand(dice, test) {
  const { leaf, op } = test;
  if (dice.chance(6)) return { value: null };
  // A value of the wrong type (F-32); the text for booleans is neither true nor false.
  if (dice.chance(2))
    return { value: leaf.kind === "boolean" ? "banana" : leaf.kind === "dateTime" ? "later" : true };
  let value = dice.pick(words);
  if (leaf.kind === "boolean") value = dice.chance(50);
  else if (leaf.kind === "dateTime") value = dice.pick([...instants, ...offsets]);
  else if (leaf.values) value = dice.pick([...leaf.values, "WORK"]);
  else if (substring.includes(op) && dice.chance(50)) value = value.slice(dice.below(value.length));
  return dice.chance(15) ? { value, literal: respelledLiteral(dice, value) } : { value };
}

function finishTest(dice, test) {
  const op = randomOperator(dice, test.leaf);
  return op === "pr" ? { ...test, op } : { ...test, op, ...randomOperand(dice, { ...test, op }) };
}

// F-05, F-06, F-40, I-15: the same attribute under another name.
function respelledName(dice, type, test) {
  const [urn, short] = splitUrn(test.name);
  const tail = test.sub === undefined ? "" : `.${test.sub}`;
  if (dice.chance(50)) return dice.respell(`${test.name}${tail}`);
  if (urn === enterpriseUrn) return `${short}${tail}`;
  return ["id", "externalId", "meta"].includes(short) ? undefined : `${types[type].urn}:${short}${tail}`;
}

function randomTest(dice, type) {
  if (dice.chance(4)) {
    return finishTest(dice, {
      is: "test",
      name: "shoeSize",
      leaf: { kind: "unknown" },
      many: false,
      within: false,
    });
  }
  const [name, definition] = dice.pick(Object.entries(types[type].attributes));
  const parts = definition.elements ?? definition.parts;
  const many = definition.elements !== undefined;
  let test = { is: "test", name, leaf: definition, many, within: false };
  if (parts !== undefined && dice.chance(80)) {
    const [sub, leaf] = dice.pick(Object.entries(parts));
    test = { ...test, sub, leaf };
  } else if (parts !== undefined) {
    test.leaf = { kind: "complex", parts };
  }
  test = finishTest(dice, test);
  if (dice.chance(15)) test.spelling = respelledName(dice, type, test);
  return test;
}

function randomInner(dice, name, parts, depth) {
  if (depth > 0 && dice.chance(45))
    return randomJoin(dice, depth, () => randomInner(dice, name, parts, depth - 1));
  const [sub, leaf] = dice.pick(Object.entries(parts));
  return finishTest(dice, { is: "test", name, sub, leaf, many: true, within: true });
}

function randomElementFilter(dice, type) {
  const lists = Object.entries(types[type].attributes).filter(([, { elements }]) => elements !== undefined);
  const [name, { elements }] = dice.pick(lists);
  const filter = { is: "element", name, of: [randomInner(dice, name, elements, 2)] };
  if (dice.chance(25)) {
    const [sub, leaf] = dice.pick(Object.entries(elements));
    filter.tail = finishTest(dice, { is: "test", name, sub, leaf, many: true, within: true });
  }
  return filter;
}

function randomJoin(dice, depth, operand) {
  const is = dice.pick(["and", "or", "not"]);
  return { is, of: is === "not" ? [operand()] : Array.from({ length: 2 + dice.below(2) }, operand) };
}

export function randomFilter(dice, type, depth = 2) {
  if (depth > 0 && dice.chance(60)) return randomJoin(dice, depth, () => randomFilter(dice, type, depth - 1));
  return dice.chance(25) ? randomElementFilter(dice, type) : randomTest(dice, type);
}

const rank = { or: 1, and: 2, not: 3, element: 4, test: 4 };

function printTest({ name, sub, within, op, value, spelling, literal }) {
  const path = within ? sub : sub === undefined ? name : `${name}.${sub}`;
  const operand = op === "pr" ? [] : [literal ?? JSON.stringify(value)];
  return [spelling ?? path, op, ...operand].join(" ");
}

/// The filter's text, with no more parentheses than precedence asks for (F-03).
export function print(filter) {
  if (filter.is === "test") return printTest(filter);
  if (filter.is === "not") return `not (${print(filter.of[0])})`;
  if (filter.is === "element") {
    const tail = filter.tail === undefined ? "" : `.${printTest(filter.tail)}`;
    return `${filter.name}[${print(filter.of[0])}]${tail}`;
  }
  return filter.of
    .map((operand) => (rank[operand.is] <= rank[filter.is] ? `(${print(operand)})` : print(operand)))
    .join(` ${filter.is} `);
}

/// The filter with every test (tails too) replaced by what `change` makes of it.
export function mapTests(filter, change) {
  if (filter.is === "test") return change(filter);
  const of = filter.of.map((operand) => mapTests(operand, change));
  if (filter.tail === undefined) return { ...filter, of };
  return { ...filter, of, tail: mapTests(filter.tail, change) };
}

/// Every test of the filter, tails too.
export function testsOf(filter) {
  if (filter.is === "test") return [filter];
  return [...filter.of.flatMap(testsOf), ...(filter.tail === undefined ? [] : testsOf(filter.tail))];
}
