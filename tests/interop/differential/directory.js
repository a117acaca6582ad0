// Random resources in canonical form, over few words, so that filters and paths often find something.
import { splitUrn, types } from "./schema.js";

export const words = [
  "ann",
  "Ann",
  "ANN",
  "anna",
  "bob",
  "Bo",
  "o",
  "Änne",
  "änne",
  "a b",
  "5",
  "4711",
  'say "hi" now',
  "back\\slash",
];
export const instants = ["2024-01-01T00:00:00Z", "2024-06-01T12:30:00Z", "2024-06-01T12:30:00.500Z"];

/// Ids and references are never stored empty (I-26).
export function randomText(dice, leaf) {
  if (leaf.values) return dice.pick(leaf.values);
  return !leaf.exact && dice.chance(6) ? "" : dice.pick(words);
}

function randomValue(dice, leaf) {
  if (leaf.kind === "boolean") return dice.chance(50);
  if (leaf.kind === "dateTime") return dice.pick(instants);
  return randomText(dice, leaf);
}

function randomParts(dice, parts) {
  const object = {};
  for (const [name, leaf] of Object.entries(parts)) {
    if (dice.chance(55)) object[name] = randomValue(dice, leaf);
  }
  return object;
}

function keyOf({ value, type, ...rest }, isSet) {
  if (value === undefined) return JSON.stringify({ type, ...rest });
  return isSet ? value : JSON.stringify([type, value]);
}

// Canonical: at most one primary, no two elements with equal type and value, none empty; members, a
// set of ids, have no two equal values.
function randomElements(dice, { elements: parts, set }) {
  const elements = [];
  const seen = new Set();
  for (let left = 1 + dice.below(3); left > 0; --left) {
    const element = randomParts(dice, parts);
    if ("value" in parts && element.value === undefined) element.value = dice.pick(words);
    if (element.primary && elements.some((other) => other.primary)) element.primary = false;
    const key = keyOf(element, set);
    if (Object.keys(element).length === 0 || seen.has(key)) continue;
    seen.add(key);
    elements.push(element);
  }
  return elements;
}

function randomAttribute(dice, definition) {
  if (definition.elements) return randomElements(dice, definition);
  if (definition.parts) return randomParts(dice, definition.parts);
  return randomValue(dice, definition);
}

const isEmpty = (value) => typeof value === "object" && Object.keys(value).length === 0;

/// A resource as filters see it: complete, with what the server adds.
export function randomResource(dice, type) {
  const resource = {};
  for (const [name, definition] of Object.entries(types[type].attributes)) {
    if (definition.kind === "secret" || dice.chance(40)) continue;
    const value = randomAttribute(dice, definition);
    if (isEmpty(value)) continue;
    const [urn, short] = splitUrn(name);
    if (urn === "") resource[short] = value;
    else (resource[urn] ??= {})[short] = value;
  }
  return resource;
}

/// A resource as PATCH sees it: what the provider wrote.
export function randomStored(dice, type) {
  const { id, meta, ...resource } = randomResource(dice, type);
  const key = type === "User" ? "userName" : "displayName";
  resource[key] = dice.pick(words);
  return resource;
}
