// Other implementations of filters: each judges whether a filter matches a resource.
import { filter as compile, parse } from "scim2-parse-filter";
import SCIMMY from "scimmy";

import { print } from "./filters.js";

function askParser({ filter, resource }) {
  return compile(parse(print(filter)))(resource);
}

const askScimmyAbout = (filter, object) =>
  new SCIMMY.Types.Filter(print(filter)).match([object]).length === 1;

// One test at a time, joined here.
function joinScimmy(filter, object) {
  if (filter.is === "and") return filter.of.every((operand) => joinScimmy(operand, object));
  if (filter.is === "or") return filter.of.some((operand) => joinScimmy(operand, object));
  if (filter.is === "not") return !joinScimmy(filter.of[0], object);
  if (filter.is === "test") return askScimmyAbout(filter, object);
  const conditions = filter.tail === undefined ? filter.of : [...filter.of, filter.tail];
  return (object[filter.name] ?? []).some((element) =>
    conditions.every((condition) => joinScimmy(condition, element)),
  );
}

function askScimmy({ filter, resource, apart }) {
  return apart ? joinScimmy(filter, resource) : askScimmyAbout(filter, resource);
}

/// The library's answer: true, false, or "invalid_filter" when it refuses or fails.
const guarded = (ask) => (input) => {
  try {
    return ask(input);
  } catch {
    return "invalid_filter";
  }
};

export const filterLibraries = { "scim2-parse-filter": guarded(askParser), scimmy: guarded(askScimmy) };
