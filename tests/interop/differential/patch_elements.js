// Elements of lists, as the departures of PATCH implementations see them: which are meant, which are the
// same. To address elements exactly they get a `mark`, one more sub-attribute.
import { adapt as adaptFilter } from "./comparison.js";
import { filterDepartures } from "./filter_departures.js";
import { filterLibraries } from "./filter_libraries.js";
import { definitionOf } from "./schema.js";

export const fold = (text) => (typeof text === "string" ? text.normalize("NFC").toLowerCase() : text);

/// The resource with a mark in every element that has none.
export function withMarks(resource) {
  const marked = Object.entries(resource).map(([name, value]) => {
    if (!Array.isArray(value)) return [name, value];
    return [name, value.map((element, i) => ({ ...element, mark: element.mark ?? `${name}${i}` }))];
  });
  return Object.fromEntries(marked);
}

/// The filter that selects the marked elements.
export function selectMarks(name, marks) {
  const tests = marks.map((value) => ({
    is: "test",
    name,
    sub: "mark",
    leaf: {},
    within: true,
    op: "eq",
    value,
  }));
  return tests.length === 1 ? tests[0] : { is: "or", of: tests };
}

const parserDepartures = filterDepartures.filter(({ libraries }) => libraries.includes("scim2-parse-filter"));

/// The marks of the elements that satisfy the target's filter, as the filter tests settle it.
export function matchingMarks({ name, filter }, resource) {
  const elements = withMarks(resource)[name] ?? [];
  const matches = ({ mark, ...element }) => {
    const input = { filter: { is: "element", name, of: [filter] }, resource: { [name]: [element] } };
    const { adapted } = adaptFilter(input, parserDepartures);
    return filterLibraries["scim2-parse-filter"](adapted) === true;
  };
  return elements.filter(matches).map(({ mark }) => mark);
}

/// True if the operation has a filter and no element satisfies it.
export const matchesNothing = ({ target }, { resource }) =>
  target?.filter !== undefined && matchingMarks(target, resource).length === 0;

/// What a filter says about an element that satisfies it (P-26); undefined unless all are `eq` tests.
export function described(filter) {
  if (filter.is === "test") return filter.op === "eq" ? { [filter.sub]: filter.value } : undefined;
  if (filter.is !== "and") return undefined;
  const parts = filter.of.map(described);
  return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
}

/// The operation as an addition of what its filter describes, or undefined.
export function addDescribed({ target, value }) {
  const element = described(target.filter);
  if (element === undefined) return undefined;
  const given = target.sub === undefined ? value : { [target.sub]: value };
  return { op: "add", target: { name: target.name }, value: [{ ...element, ...given }] };
}

const withoutMark = ({ mark, ...element }) => element;

/// Equal for elements with equal type and value; for those without value, with equal parts (P-24).
/// `spelled` is what becomes of texts first; of values only unless `exactValue`.
export const keyOf = (element, exactValue, spelled = fold) =>
  element.value === undefined
    ? JSON.stringify(Object.entries(withoutMark(element)).sort())
    : JSON.stringify([spelled(element.type ?? null), exactValue ? element.value : spelled(element.value)]);

/// True if the list's values are compared exactly (G-22).
export function hasExactValue(type, name) {
  return definitionOf(type, name).elements.value?.exact === true;
}

/// An addition to a list as additions of one element each; one that is there already becomes updates of
/// its other parts (P-24), unless it is a member, which never changes (P-49).
export function addOneByOne({ op, target, value }, type, resource) {
  const { name } = target;
  const exact = hasExactValue(type, name);
  const key = (element) => (name === "members" ? element.value : keyOf(element, exact));
  const present = new Map((resource[name] ?? []).map((element) => [key(element), element]).reverse());
  return value.flatMap((element) => {
    const known = present.get(key(element));
    if (known === undefined) {
      const added = { ...element, mark: `${name}New${present.size}` };
      present.set(key(element), added);
      return [{ op, target, value: [added] }];
    }
    if (name === "members" || element.value === undefined) return [];
    const { value: same, type: kind, ...parts } = element;
    const filter = selectMarks(name, [known.mark]);
    return Object.entries(parts).map(([sub, part]) => ({ op, target: { name, filter, sub }, value: part }));
  });
}

/// The marks of the elements that an operation makes primary, in its order.
export function marksMadePrimary({ target, value }) {
  if (Array.isArray(value)) return value.filter((one) => one?.primary === true).map(({ mark }) => mark);
  const makesPrimary = target?.sub === "primary" ? value === true : value?.primary === true;
  if (!makesPrimary || target?.filter === undefined) return [];
  return (target.filter.of ?? [target.filter]).map((test) => test.value);
}

/// An answer with every list of objects as `change(list, name)` gives it.
export function onLists(resource, change) {
  const isObject = (element) => element !== null && typeof element === "object";
  const changed = Object.entries(resource).map(([name, value]) =>
    Array.isArray(value) && value.every(isObject) ? [name, change(value, name)] : [name, value],
  );
  return { resource: Object.fromEntries(changed) };
}
