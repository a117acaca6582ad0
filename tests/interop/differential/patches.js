// Random PATCH operations as objects, and their wire form.
//
//   { op, capital?, target?: { name, sub?, filter?, spelling? }, value? }
//
// `name` is an attribute's full name, or the URN of an extension; `filter` a tree (filters.js) over
// its elements. Without a target the value is an object of attributes. `spelling` is how the client
// writes the path.
import { randomText, words } from "./directory.js";
import { print as printFilter } from "./filters.js";
import { enterpriseUrn, splitUrn, types, valueOf } from "./schema.js";

export const ownId = "the-id";

const isList = (definition) => definition.elements !== undefined;
const partsOf = (definition) => definition.elements ?? definition.parts;

function randomLeafValue(dice, leaf) {
  if (leaf.kind !== "boolean") return dice.pick(leaf.values ?? words);
  const value = dice.chance(50);
  return dice.chance(20) ? dice.respell(String(value)) : value;
}

function randomObject(dice, parts) {
  const entries = Object.entries(parts).filter(() => dice.chance(50));
  const chosen = entries.length > 0 ? entries : [dice.pick(Object.entries(parts))];
  return Object.fromEntries(chosen.map(([name, leaf]) => [name, randomLeafValue(dice, leaf)]));
}

// An element, often one that is there already or nearly so (P-24).
function randomElement(dice, parts, present) {
  if (present.length > 0 && dice.chance(40)) {
    const element = { ...dice.pick(present), ...(dice.chance(50) ? randomObject(dice, parts) : {}) };
    return dice.chance(30) && element.value ? { ...element, value: dice.respell(element.value) } : element;
  }
  const element = randomObject(dice, parts);
  return "value" in parts ? { ...element, value: dice.pick(words) } : element;
}

function randomList(dice, parts, present) {
  if (dice.chance(6)) return [];
  if ("value" in parts && dice.chance(8)) return dice.pick(words);
  const elements = Array.from({ length: 1 + dice.below(2) }, () => randomElement(dice, parts, present));
  return elements.length === 1 && dice.chance(50) ? elements[0] : elements;
}

function randomValue(dice, definition, present) {
  if (dice.chance(5)) return null;
  if (isList(definition)) return randomList(dice, definition.elements, present);
  if (definition.parts) return randomObject(dice, definition.parts);
  return randomLeafValue(dice, definition);
}

function randomCondition(dice, name, parts, present) {
  const [sub, leaf] = dice.pick(Object.entries(parts));
  const known = present.length > 0 && dice.chance(70) ? dice.pick(present)[sub] : undefined;
  const value = known ?? (leaf.kind === "boolean" ? dice.chance(50) : randomText(dice, leaf));
  const op = dice.chance(80) ? "eq" : dice.pick(leaf.kind === "boolean" ? ["ne"] : ["ne", "co", "sw"]);
  return { is: "test", name, sub, leaf, many: true, within: true, op, value };
}

function randomSelection(dice, name, parts, present) {
  const condition = () => randomCondition(dice, name, parts, present);
  if (dice.chance(65)) return condition();
  const is = dice.pick(["and", "or", "not"]);
  return { is, of: is === "not" ? [condition()] : [condition(), condition()] };
}

// What only the server writes, and what no schema knows.
function randomOddOperation(dice, type, op) {
  const manager = { name: `${enterpriseUrn}:manager`, sub: "displayName" };
  const readOnly = [
    { name: "id" },
    { name: "meta" },
    ...(type === "User" ? [{ name: "groups" }, manager] : []),
  ];
  const unknown = [
    { name: "shoeSize" },
    { name: "name", sub: "shoeSize" },
    { name: `${enterpriseUrn}:shoeSize` },
  ];
  const target = dice.pick(dice.chance(50) ? readOnly : unknown);
  return { op, target, ...(op === "remove" ? {} : { value: dice.pick(words) }) };
}

function respelledPath(dice, type, { name, sub }) {
  const [urn, short] = splitUrn(name);
  const tail = sub === undefined ? "" : `.${sub}`;
  if (dice.chance(60)) return dice.respell(`${name}${tail}`);
  if (urn === enterpriseUrn) return `${short}${tail}`;
  return short === "externalId" ? undefined : `${types[type].urn}:${short}${tail}`;
}

function writable(type) {
  return Object.entries(types[type].attributes).filter(([name]) => !["id", "meta"].includes(name));
}

function randomTargeted(dice, type, op, resource) {
  const [name, definition] = dice.pick(writable(type));
  const present = isList(definition) ? (valueOf(resource, name) ?? []) : [];
  const operation = { op, target: { name } };
  const { target } = operation;
  const parts = partsOf(definition);
  // Members are a set of ids that never change in place (P-49): no part of one is addressed.
  if (isList(definition) && dice.chance(65) && (name !== "members" || op === "remove")) {
    target.filter = randomSelection(dice, name, parts, present);
  }
  if (
    parts !== undefined &&
    name !== "members" &&
    dice.chance(50) &&
    (target.filter || !isList(definition))
  ) {
    target.sub = dice.pick(Object.keys(parts));
  }
  if (target.filter === undefined && dice.chance(12)) target.spelling = respelledPath(dice, type, target);
  if (op === "remove") {
    if (isList(definition) && target.filter === undefined && dice.chance(70)) {
      operation.value = randomRemoval(dice, parts, present);
    }
    return operation;
  }
  if (target.sub !== undefined)
    operation.value = dice.chance(6) ? null : randomLeafValue(dice, parts[target.sub]);
  else if (target.filter !== undefined) operation.value = randomObject(dice, parts);
  else operation.value = randomValue(dice, definition, present);
  return operation;
}

// Some of the elements, named by value or by value and type (P-37, P-38).
function randomRemoval(dice, parts, present) {
  if (dice.chance(8)) return [];
  const named = Array.from({ length: 1 + dice.below(2) }, () => {
    const element = randomElement(dice, parts, present);
    if (element.value === undefined) return element;
    return element.type !== undefined && dice.chance(50)
      ? { value: element.value, type: element.type }
      : { value: element.value };
  });
  return named.length === 1 && dice.chance(40) ? named[0] : named;
}

// P-20, P-40, and keys that are paths (I-14); no attribute under two names, which is refused (G-04).
function randomUntargeted(dice, type, op, resource) {
  const value = {};
  const attributes = writable(type);
  for (let left = 1 + dice.below(3); left > 0 && attributes.length > 0; --left) {
    const [[name, definition]] = attributes.splice(dice.below(attributes.length), 1);
    const [urn, short] = splitUrn(name);
    const given = randomValue(dice, definition, valueOf(resource, name) ?? []);
    if (definition.parts && given !== null && dice.chance(40)) {
      for (const [sub, part] of Object.entries(given)) value[`${name}.${sub}`] = part;
    } else if (urn !== "" && dice.chance(50)) {
      value[urn] = { ...value[urn], [short]: given };
    } else {
      value[name] = given;
    }
  }
  if (dice.chance(10)) value.id = dice.chance(70) ? ownId : "another-id";
  if (dice.chance(5)) value.shoeSize = 44;
  return { op, value };
}

function randomWholeExtension(dice, op) {
  const operation = { op, target: { name: enterpriseUrn } };
  if (op !== "remove") operation.value = { department: dice.pick(words), employeeNumber: dice.pick(words) };
  return operation;
}

/// One operation that may or may not fit `resource`.
export function randomOperation(dice, type, resource) {
  const op = dice.pick(["add", "replace", "remove"]);
  const capital = dice.chance(20) ? { capital: true } : {};
  if (dice.chance(5)) return { ...randomOddOperation(dice, type, op), ...capital };
  if (type === "User" && dice.chance(3)) return { ...randomWholeExtension(dice, op), ...capital };
  if (op !== "remove" && dice.chance(25))
    return { ...randomUntargeted(dice, type, op, resource), ...capital };
  return { ...randomTargeted(dice, type, op, resource), ...capital };
}

function printPath({ name, sub, filter, spelling }) {
  if (spelling !== undefined) return spelling;
  const selection = filter === undefined ? "" : `[${printFilter(filter)}]`;
  return `${name}${selection}${sub === undefined ? "" : `.${sub}`}`;
}

/// The operation as it goes over the wire.
export function print({ op, capital, target, value }) {
  return {
    op: capital ? op[0].toUpperCase() + op.slice(1) : op,
    ...(target === undefined ? {} : { path: printPath(target) }),
    ...(value === undefined ? {} : { value }),
  };
}
