// Where other implementations of PATCH depart from RFC 7644 or from the reading of it that the
// conformance checklist chose (what a departure is: comparison.js). An input is { type, resource,
// operations }, operations as in patches.js; an answer { resource } or { refused: code }.
// Departures may mark elements (patch_elements.js); the last one takes the marks away.
import {
  addDescribed,
  addOneByOne,
  described,
  fold,
  hasExactValue,
  keyOf,
  marksMadePrimary,
  matchesNothing,
  matchingMarks,
  onLists,
  selectMarks,
  withMarks,
} from "./patch_elements.js";
import { ownId } from "./patches.js";
import { definitionOf, enterpriseUrn } from "./schema.js";

const scimPatch = "scim-patch";
const scimmy = "scimmy";
const both = [scimPatch, scimmy];

// Every operation replaced by those that `change(operation, input)` gives.
const onOperations = (change) => (input) => ({
  ...input,
  operations: input.operations.flatMap((operation) => change(operation, input) ?? [operation]),
});

const refuseOperations = (code) => (input) => {
  for (const operation of input.operations) {
    const refusal = code(operation, input);
    if (refusal !== undefined) return { refused: refusal };
  }
  return undefined;
};

const isList = (type, target) =>
  target !== undefined && target.sub === undefined && definitionOf(type, target.name)?.elements !== undefined;

const readOnlyNames = new Set(["id", "meta", "groups"]);
const isReadOnly = ({ name, sub }) => readOnlyNames.has(name) || sub === "displayName";
const requiredName = { User: "userName", Group: "displayName" };

const isKnown = (type, { name, sub }) => {
  const definition = definitionOf(type, name);
  const parts = definition?.elements ?? definition?.parts;
  return name === enterpriseUrn || (definition !== undefined && (sub === undefined || sub in parts));
};

// A key of an object as a target: `name.givenName`, `URN:department`, a URN.
function targetOfKey(type, key) {
  const dot = key.lastIndexOf(".");
  const isPart = definitionOf(type, key.slice(0, dot))?.parts !== undefined;
  return isPart ? { name: key.slice(0, dot), sub: key.slice(dot + 1) } : { name: key };
}

const asBoolean = (value) =>
  typeof value === "string" && /^(true|false)$/i.test(value) ? /^t/i.test(value) : value;

function mapLeaves(type, target, value, change) {
  const definition = definitionOf(type, target?.name ?? "");
  if (definition === undefined || value === null || value === undefined) return value;
  const parts = definition.elements ?? definition.parts;
  if (parts === undefined) return change(value, definition);
  if (target.sub !== undefined) return change(value, parts[target.sub] ?? {});
  const onObject = (object) =>
    object === null || typeof object !== "object"
      ? object
      : Object.fromEntries(
          Object.entries(object).map(([sub, part]) => [sub, change(part, parts[sub] ?? {})]),
        );
  return Array.isArray(value) ? value.map(onObject) : onObject(value);
}

export const patchDepartures = [
  {
    name: "read-only attributes",
    libraries: both,
    cites: ["RFC 7644 §3.5.2", "P-08", "P-29", "P-35"],
    why: "without a schema, or with one that does not list them, the libraries write or miss them",
    refuses: refuseOperations(({ target }) =>
      target !== undefined && isReadOnly(target) ? "mutability" : undefined,
    ),
  },
  {
    name: "required attributes",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.2", "P-35"],
    why: "the libraries are told of no required attribute and remove it",
    refuses: refuseOperations(({ op, target }, { type }) =>
      op === "remove" && target?.name === requiredName[type] ? "mutability" : undefined,
    ),
  },
  {
    name: "objects without path",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.1", "RFC 7644 §3.5.2.3", "P-20", "P-40", "P-42", "P-44", "I-14"],
    why: "the libraries replace complex values whole, know no URN or path as key, and fail on id",
    refuses: refuseOperations(({ target, value }) =>
      target === undefined && value.id !== undefined && value.id !== ownId ? "mutability" : undefined,
    ),
    adapt: onOperations((operation, { type }) => {
      if (operation.target !== undefined) return undefined;
      const { id, ...attributes } = operation.value;
      return Object.entries(attributes).map(([key, value]) => ({
        ...operation,
        target: targetOfKey(type, key),
        value,
      }));
    }),
  },
  {
    name: "an extension as a whole",
    libraries: both,
    cites: ["RFC 7644 §3.10", "P-42", "E-07"],
    why: "the libraries do not take the bare URN for the extension's object, or replace it whole",
    adapt: onOperations(({ target, value, ...operation }, { resource }) => {
      if (target?.name !== enterpriseUrn) return undefined;
      const attributes = operation.op === "remove" ? (resource[enterpriseUrn] ?? {}) : value;
      return Object.entries(attributes).map(([short, part]) => ({
        ...operation,
        target: { name: `${enterpriseUrn}:${short}` },
        ...(operation.op === "remove" ? {} : { value: part }),
      }));
    }),
  },
  {
    name: "unknown attributes",
    libraries: both,
    cites: ["RFC 7644 §3.3", "G-21", "P-14", "I-12"],
    why: "scim-patch writes them, scimmy refuses them",
    adapt: onOperations(({ target }, { type }) =>
      target === undefined || isKnown(type, target) ? undefined : [],
    ),
  },
  {
    name: "passwords",
    libraries: both,
    cites: ["RFC 7643 §9.2", "U-09"],
    why: "the libraries keep them",
    adapt: onOperations(({ target }) => (target?.name === "password" ? [] : undefined)),
  },
  {
    name: "attributes under another name",
    libraries: both,
    cites: ["RFC 7643 §2.1", "G-02", "P-11", "P-12", "I-15"],
    why: "scim-patch compares names exactly, scimmy knows no URN of the core schema",
    adapt: onOperations(({ target, ...operation }) => {
      if (target?.spelling === undefined) return undefined;
      const { spelling, ...plain } = target;
      return [{ ...operation, target: plain }];
    }),
  },
  {
    name: "null and nothing",
    libraries: both,
    cites: ["RFC 7643 §2.5", "G-18", "P-05", "P-43"],
    why: "scim-patch stores null, and neither takes an empty list for an absent one",
    refuses: refuseOperations(({ op, target, value }, { type }) =>
      op === "replace" && value === null && target?.name === requiredName[type] ? "invalid_value" : undefined,
    ),
    adapt: onOperations(({ op, target, value, ...operation }) => {
      const isNothing = value === null || (Array.isArray(value) && value.length === 0);
      if (op === "remove" || target === undefined || !isNothing) return undefined;
      return op === "replace" ? [{ ...operation, op: "remove", target }] : [];
    }),
  },
  {
    name: "booleans as text",
    libraries: both,
    cites: ["RFC 7643 §2.3.2", "I-03"],
    why: "scim-patch stores the text, scimmy takes every text for true",
    adapt: onOperations((operation, { type }) => [
      {
        ...operation,
        ...(operation.value === undefined
          ? {}
          : {
              value: mapLeaves(type, operation.target, operation.value, (value, { kind }) =>
                kind === "boolean" ? asBoolean(value) : value,
              ),
            }),
      },
    ]),
  },
  {
    name: "lists written as one value or as text",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.1", "P-23", "I-17"],
    why: "scim-patch stores one value as it is, and replaces every element by it; neither reads texts",
    adapt: onOperations((operation, { type }) => {
      const { target, value } = operation;
      if (!isList(type, target) || target.filter !== undefined || (value ?? null) === null) return undefined;
      const elements = (Array.isArray(value) ? value : [value]).map((one) =>
        typeof one === "string" ? { value: one } : one,
      );
      return [{ ...operation, value: elements }];
    }),
  },
  {
    name: "adding to elements that are not there",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.1", "P-26", "I-20"],
    why: "scim-patch makes an element of one eq test only, scimmy refuses",
    refuses: refuseOperations((operation, input) =>
      operation.op === "add" &&
      matchesNothing(operation, input) &&
      described(operation.target.filter) === undefined
        ? "no_target"
        : undefined,
    ),
    adapt: onOperations((operation, input) =>
      operation.op === "add" && matchesNothing(operation, input) ? [addDescribed(operation)] : undefined,
    ),
  },
  {
    name: "replacing elements that are not there",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.3", "P-46", "I-20"],
    why: "scimmy adds them; neither knows that a capitalised op is from a provider that expects that",
    refuses: refuseOperations((operation, input) =>
      operation.op === "replace" &&
      matchesNothing(operation, input) &&
      !(operation.capital && described(operation.target.filter) !== undefined)
        ? "no_target"
        : undefined,
    ),
    adapt: onOperations((operation, input) =>
      operation.op === "replace" && matchesNothing(operation, input) ? [addDescribed(operation)] : undefined,
    ),
  },
  {
    name: "removing what is not there",
    libraries: [scimPatch],
    cites: ["RFC 7644 §3.5.2.2", "P-36", "I-24"],
    why: "scim-patch refuses to look for elements in an absent list",
    adapt: onOperations((operation, input) =>
      operation.op === "remove" && matchesNothing(operation, input) ? [] : undefined,
    ),
  },
  {
    name: "removing listed values",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.2", "P-37", "P-38", "I-21"],
    why: "scim-patch wants equal elements, scimmy equal spelling, and an empty list removes all or fails",
    adapt(input) {
      const resource = withMarks(input.resource);
      return onOperations(({ op, target, value }, { type }) => {
        if (op !== "remove" || !isList(type, target) || !Array.isArray(value)) return undefined;
        const exact = hasExactValue(type, target.name);
        const isNamed = (element) =>
          value.some((one) =>
            one.value === undefined
              ? keyOf(one) === keyOf(element)
              : keyOf({ ...one, type: undefined }, exact) === keyOf({ ...element, type: undefined }, exact) &&
                (one.type === undefined ||
                  target.name === "members" ||
                  fold(one.type) === fold(element.type)),
          );
        const marks = (resource[target.name] ?? []).filter(isNamed).map(({ mark }) => mark);
        return marks.length === 0
          ? []
          : [{ op, target: { name: target.name, filter: selectMarks(target.name, marks) } }];
      })({ ...input, resource });
    },
  },
  {
    name: "which elements a filter selects",
    libraries: both,
    cites: ["RFC 7644 §3.4.2.2", "P-12", "F-08", "F-16", "F-26", "F-41"],
    why: "the libraries' filters have their own departures (filter_departures.js)",
    adapt(input) {
      const resource = withMarks(input.resource);
      return onOperations(({ target, ...operation }) => {
        if (
          target?.filter === undefined ||
          target.filter.sub === "mark" ||
          target.filter.of?.[0].sub === "mark"
        )
          return undefined;
        const marks = matchingMarks(target, resource);
        return [{ ...operation, target: { ...target, filter: selectMarks(target.name, marks) } }];
      })({ ...input, resource });
    },
  },
  {
    name: "parts of complex values",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.5.2.3", "P-22", "P-25", "P-42", "P-45"],
    why: "scimmy drops the parts that are not named, and moves elements to the end",
    adapt: onOperations(({ op, target, value }, { type }) => {
      const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
      if (!isObject || target === undefined || target.sub !== undefined) return undefined;
      if (definitionOf(type, target.name)?.parts !== undefined) return [{ op: "add", target, value }];
      if (target.filter === undefined) return undefined;
      return Object.entries(value).map(([sub, part]) => ({ op, target: { ...target, sub }, value: part }));
    }),
  },
  {
    name: "setting a part",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.5.2.3", "P-21", "P-41", "P-42"],
    why: "scimmy finds no target below a complex value that is not there",
    adapt: onOperations(({ op, target, value }, { type }) => {
      if (op === "remove" || target?.sub === undefined) return undefined;
      const isSingle = definitionOf(type, target.name)?.parts !== undefined;
      if (isSingle) return [{ op: "add", target: { name: target.name }, value: { [target.sub]: value } }];
      return [{ op: "add", target, value }];
    }),
  },
  {
    name: "what is there already",
    libraries: both,
    cites: ["RFC 7644 §3.5.2.1", "P-24", "R-06", "G-22"],
    why: "scim-patch compares whole elements, scimmy none at all",
    adapt(input) {
      const resource = withMarks(input.resource);
      return onOperations((operation, { type }) => {
        const { op, target, value } = operation;
        const isAddition = op === "add" && isList(type, target) && target.filter === undefined;
        return isAddition && Array.isArray(value) ? addOneByOne(operation, type, resource) : undefined;
      })({ ...input, resource });
    },
  },
  {
    name: "equal elements",
    libraries: both,
    cites: ["RFC 7643 §2.4", "G-17", "R-06"],
    why: "the libraries keep elements with equal type and value, and members with equal value",
    settle({ resource, refused }) {
      if (refused !== undefined) return undefined;
      return onLists(resource, (list, name) => {
        const first = new Map();
        for (const element of list) {
          // Members do not change in place (P-49): the first one stays as it is.
          const key = name === "members" ? element.value : keyOf(element, true, (text) => text);
          first.set(
            key,
            name === "members" ? (first.get(key) ?? element) : { ...first.get(key), ...element },
          );
        }
        return [...first.values()];
      });
    },
  },
  {
    name: "one primary",
    libraries: both,
    cites: ["RFC 7643 §2.4", "RFC 7644 §3.5.2", "G-15", "G-16", "P-27", "P-47"],
    why: "the libraries keep every primary",
    adapt: (input) => ({ ...input, resource: withMarks(input.resource) }),
    settle({ resource, refused }, { operations }) {
      if (refused !== undefined) return undefined;
      // The last one that the request makes primary; if it makes none, the last one of the list.
      const touched = operations.flatMap(marksMadePrimary);
      const rankOf = ({ mark }) => touched.lastIndexOf(mark);
      return onLists(resource, (list) => {
        const primary = list.filter((element) => element.primary === true);
        if (primary.length < 2) return list;
        const kept = primary.reduce((best, element) => (rankOf(element) >= rankOf(best) ? element : best));
        return list.map((element) =>
          primary.includes(element) && element !== kept ? { ...element, primary: false } : element,
        );
      });
    },
  },
  {
    name: "nothing is left empty",
    libraries: both,
    cites: ["RFC 7643 §2.5", "G-18", "G-20", "P-32", "P-33", "P-34", "E-05"],
    why: "the libraries leave empty elements, objects and lists behind",
    settle({ resource, refused }) {
      if (refused !== undefined) return undefined;
      const isEmpty = (value) =>
        value === null || (typeof value === "object" && Object.keys(value).length === 0);
      const clean = (value) => {
        if (value === null || typeof value !== "object") return value;
        if (Array.isArray(value)) return value.map(clean).filter((element) => !isEmpty(element));
        return Object.fromEntries(
          Object.entries(value)
            .map(([name, part]) => [name, clean(part)])
            .filter(([name, part]) => name !== "mark" && !isEmpty(part)),
        );
      };
      return { resource: clean(resource) };
    },
  },
];
