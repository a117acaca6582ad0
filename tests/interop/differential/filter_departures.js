// Where other implementations of filters depart from RFC 7644 or from the reading of it that the
// conformance checklist chose (what a departure is: comparison.js). An input is { filter, resource,
// apart? }: a filter as in filters.js, `apart` if its tests are to be asked one by one.
import { mapTests, testsOf } from "./filters.js";
import { enterpriseUrn } from "./schema.js";

const parser = "scim2-parse-filter";
const scimmy = "scimmy";
const order = ["gt", "ge", "lt", "le"];
const substring = ["co", "sw", "ew"];

const not = (filter) => ({ is: "not", of: [filter] });
const or = (...of) => (of.length === 1 ? of[0] : { is: "or", of });
const and = (...of) => (of.length === 1 ? of[0] : { is: "and", of });

/// `test pr` as the libraries mean it: the key is there, whatever its value.
const hasKey = ({ name, sub, leaf, many, within }) => ({
  is: "test",
  name,
  sub,
  leaf,
  many,
  within,
  op: "pr",
  key: true,
});

const onTests = (change) => (input) => ({ ...input, filter: mapTests(input.filter, change) });
const refuseTests = (unfit) => (input) => (testsOf(input.filter).some(unfit) ? "invalid_filter" : undefined);

// A test of a list's sub-attribute as a test of its elements (F-15).
const perElement = (test, change) => {
  if (!test.many || test.within) return change(test);
  const { spelling, ...inner } = { ...test, within: true };
  return { is: "element", name: test.name, of: [change(inner)] };
};

// The same; when the test is `ne` or `eq null`, a resource without the list satisfies it too (F-26).
const orWithoutList = (test, change) => {
  const inElement = perElement(test, change);
  const holdsForNothing = test.value === null ? test.op === "eq" : test.op === "ne";
  if (!holdsForNothing || !test.many || test.within) return inElement;
  return or(inElement, not(hasKey({ ...test, sub: undefined })));
};

const wanted = (value) =>
  typeof value === "string" && /^(true|false)$/i.test(value) ? /^t/i.test(value) : value;

// The operand as JSON, still of the type that was written.
const asJson = ({ leaf, value }, literal) => {
  const isJson = /^\d+$/.test(literal) || (leaf.kind === "boolean" && literal?.startsWith('"'));
  return isJson ? JSON.parse(literal) : value;
};

const isWrongType = ({ leaf, op, value }) => {
  if (op === "pr" || leaf.kind === "secret") return false;
  if (value === null) return !["eq", "ne"].includes(op);
  if (leaf.kind === "boolean") return typeof wanted(value) !== "boolean";
  return leaf.kind === "dateTime" && Number.isNaN(Date.parse(value));
};

const isForbiddenOperator = ({ leaf, op }) =>
  (leaf.kind === "boolean" && [...order, ...substring].includes(op)) ||
  (leaf.kind === "dateTime" && op === "ew");

// Values of a resource, with their sub-attributes' names, changed by `change(value, name, sub)`.
function mapResource(resource, change) {
  const onValue = (value, name) => {
    if (Array.isArray(value)) return value.map((element) => onValue(element, name));
    if (value === null || typeof value !== "object") return change(value, name);
    return Object.fromEntries(Object.entries(value).map(([sub, part]) => [sub, change(part, name, sub)]));
  };
  const onHolder = (holder) =>
    Object.fromEntries(
      Object.entries(holder).map(([name, value]) => [
        name,
        name === enterpriseUrn ? onHolder(value) : onValue(value, name),
      ]),
    );
  return onHolder(resource);
}

const exactNames = new Set([
  "id",
  "externalId",
  "profileUrl",
  "photos.value",
  "members.value",
  "meta.resourceType",
]);
const isExact = (name, sub) => exactNames.has(sub === undefined ? name : `${name}.${sub}`);
const isInstant = (name, sub) => name === "meta" && ["created", "lastModified"].includes(sub);
const fold = (value) => (typeof value === "string" ? value.normalize("NFC").toLowerCase() : value);
const instant = (value) => (Number.isNaN(Date.parse(value)) ? value : new Date(value).toISOString());
// Keeps the order of the characters in `words`.
const plain = (value) =>
  typeof value === "string" ? value.replaceAll('"', "#").replaceAll("\\", "^") : value;

export const filterDepartures = [
  {
    name: "passwords cannot be asked about",
    libraries: [parser, scimmy],
    cites: ["RFC 7643 §9.2", "F-47"],
    why: "the libraries know nothing of a writeOnly attribute and find it absent",
    refuses: refuseTests(({ leaf }) => leaf.kind === "secret"),
  },
  {
    name: "operators that do not fit the type",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2 Table 3", "F-13", "F-14"],
    why: "without a schema the libraries compare booleans by order and by their text",
    refuses: refuseTests(isForbiddenOperator),
  },
  {
    name: "values of the wrong type",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.12 invalidFilter", "F-32"],
    why: "without a schema the libraries compare whatever there is",
    refuses: refuseTests(isWrongType),
  },
  {
    name: "complex attributes without value",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2", "F-21"],
    why: "the libraries compare with the object, which nothing equals",
    refuses: refuseTests(
      ({ leaf, op }) => op !== "pr" && leaf.kind === "complex" && leaf.parts.value === undefined,
    ),
  },
  {
    name: "attributes under another name",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.10", "F-06", "F-40", "I-15"],
    why: "the libraries look for a key of that name: the core schema's URN and a missing URN of an extension are not undone",
    adapt: onTests(({ spelling, ...test }) => test),
  },
  {
    name: "value implied",
    libraries: [parser, scimmy],
    cites: ["RFC 7643 §2.4", "F-20"],
    why: "the libraries compare with the object instead of its value sub-attribute",
    adapt: onTests((test) =>
      test.leaf.parts?.value !== undefined && test.op !== "pr"
        ? { ...test, sub: "value", leaf: test.leaf.parts.value }
        : test,
    ),
  },
  {
    name: "operands in no JSON",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2", "F-35", "F-36", "I-06"],
    why: "bare words, single quotes and escapes are refused, or compared as they stand",
    adapt: onTests(({ literal, ...test }) => ({ ...test, value: asJson(test, literal) })),
  },
  {
    name: "numbers and booleans for text",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2", "F-32", "I-06"],
    why: 'the libraries find 4711 and "4711" different',
    adapt: onTests((test) =>
      test.leaf.kind === "string" && ["number", "boolean"].includes(typeof test.value)
        ? { ...test, value: String(test.value) }
        : test,
    ),
  },
  {
    name: "booleans as text",
    libraries: [parser],
    cites: ["RFC 7644 §3.4.2.2", "I-03", "F-30", "F-42"],
    why: 'the library finds true and "True" different',
    adapt: onTests((test) => (test.leaf.kind === "boolean" ? { ...test, value: wanted(test.value) } : test)),
  },
  {
    name: "a sub-attribute behind brackets",
    libraries: [parser],
    cites: ["RFC 7644 §3.4.2.2", "I-39", "F-16"],
    why: "the library lets another element satisfy what follows the bracket",
    adapt(input) {
      const inBrackets = (filter) => {
        if (filter.is === "test") return filter;
        const { tail, ...rest } = filter;
        const of = filter.of.map(inBrackets);
        return tail === undefined ? { ...rest, of } : { ...rest, of: [and(...of, tail)] };
      };
      return { ...input, filter: inBrackets(input.filter) };
    },
  },
  {
    name: "primary is false when absent",
    libraries: [parser, scimmy],
    cites: ["RFC 7643 §2.4", "G-15", "F-41"],
    why: "the libraries know of no default",
    adapt: onTests((test) =>
      test.sub === "primary" && ["eq", "ne"].includes(test.op) && test.value !== null
        ? orWithoutList(test, (inner) =>
            (inner.op === "eq") === wanted(inner.value)
              ? { ...inner, op: "eq", value: true }
              : not({ ...inner, op: "eq", value: true }),
          )
        : test,
    ),
  },
  {
    name: "null is absence",
    libraries: [parser, scimmy],
    cites: ["RFC 7643 §2.5", "F-26", "I-26"],
    why: "the libraries look for a null, or for a missing key, and find an empty text present",
    adapt: onTests((test) => {
      if (test.op === "pr" || test.value !== null) return test;
      const present = (inner) => ({ ...inner, op: "pr", value: undefined });
      return orWithoutList(test, (inner) => (inner.op === "ne" ? present(inner) : not(present(inner))));
    }),
  },
  {
    name: "what is absent is not equal",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2 Table 3", "F-24", "F-26"],
    why: "a comparison with a missing key, or with a key below it, is false for every operator",
    adapt: onTests((test) => {
      return test.op === "ne" ? orWithoutList(test, (inner) => or(inner, not(hasKey(inner)))) : test;
    }),
  },
  {
    name: "empty is not present",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2 Table 3", "F-11", "I-26"],
    why: "the libraries find an empty text present, and an object of empty texts",
    adapt: onTests((test) => {
      if (test.op !== "pr" || test.key) return test;
      const holds = (inner) =>
        inner.leaf.kind === "string"
          ? and(hasKey(inner), not({ ...inner, op: "eq", value: "" }))
          : hasKey(inner);
      if (test.leaf.kind !== "complex") return perElement(test, holds);
      const { spelling, ...whole } = test;
      return perElement(whole, (inner) =>
        or(...Object.entries(test.leaf.parts).map(([sub, leaf]) => holds({ ...inner, sub, leaf }))),
      );
    }),
  },
  {
    name: "instants",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2", "G-10", "F-12", "F-31"],
    why: "times are compared as texts, so offsets and fractions count",
    adapt: (input) => ({
      ...onTests((test) => (test.leaf.kind === "dateTime" ? { ...test, value: instant(test.value) } : test))(
        input,
      ),
      resource: mapResource(input.resource, (value, name, sub) =>
        isInstant(name, sub) ? instant(value) : value,
      ),
    }),
  },
  {
    name: "letter case",
    libraries: [parser, scimmy],
    cites: ["RFC 7643 §2.2", "G-22", "F-08"],
    why: "without a schema every text is compared exactly",
    adapt: (input) => ({
      ...onTests((test) => (test.leaf.exact ? test : { ...test, value: fold(test.value) }))(input),
      resource: mapResource(input.resource, (value, name, sub) => (isExact(name, sub) ? value : fold(value))),
    }),
  },
  {
    name: "escapes in operands",
    libraries: [parser, scimmy],
    cites: ["RFC 7644 §3.4.2.2", "F-07", "F-36"],
    why: "backslashes are not undone, or quotes are not",
    adapt: (input) => ({
      ...onTests((test) => ({ ...test, value: plain(test.value) }))(input),
      resource: mapResource(input.resource, plain),
    }),
  },
  {
    name: "one element satisfies what is in brackets",
    libraries: [parser],
    cites: ["RFC 7644 §3.4.2.2", "F-16", "F-18"],
    why: "the library puts each test in brackets to every element, and joins the results",
    adapt({ filter, resource }) {
      const elements = {};
      const isolate = (name) => (test) => ({ ...test, name, many: false, within: false });
      const apart = (node) => {
        if (node.is === "test") return node;
        if (node.is !== "element") return { ...node, of: node.of.map(apart) };
        const each = (resource[node.name] ?? []).map((element, i) => {
          const name = `${node.name}-${i}`;
          elements[name] = element;
          return mapTests(node.of[0], isolate(name));
        });
        return each.length > 0 ? or(...each) : hasKey({ name: "none", leaf: {} });
      };
      return { filter: apart(filter), resource: { ...resource, ...elements } };
    },
  },
  {
    name: "the text of undefined",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.4.2.2", "F-26"],
    why: "the library looks for the operand of co, sw and ew in the word undefined",
    adapt: onTests((test) =>
      substring.includes(test.op) ? perElement(test, (inner) => and(hasKey(inner), inner)) : test,
    ),
  },
  {
    name: "presence of a list",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.4.2.2 Table 3", "F-11"],
    why: "the library fails on pr after the name of a list",
    adapt({ filter, resource }) {
      const lists = Object.keys(resource).filter((name) => Array.isArray(resource[name]));
      const given = Object.fromEntries(lists.map((name) => [`${name}Given`, true]));
      const isOfList = ({ op, many, sub }) => op === "pr" && many && sub === undefined;
      const renamed = (test) => (isOfList(test) ? { ...test, name: `${test.name}Given`, many: false } : test);
      return { filter: mapTests(filter, renamed), resource: { ...resource, ...given } };
    },
  },
  {
    name: "attributes of extensions",
    libraries: [scimmy],
    cites: ["RFC 7643 §3.3", "F-06", "G-24"],
    why: "the library expects a key for each attribute, URN in front, instead of the extension's object",
    adapt(input) {
      const { [enterpriseUrn]: extension, ...core } = input.resource;
      const flat = Object.entries(extension ?? {}).map(([name, value]) => [
        `${enterpriseUrn}:${name}`,
        value,
      ]);
      return { ...input, resource: { ...core, ...Object.fromEntries(flat) } };
    },
  },
  {
    name: "nothing below what is absent",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.4.2.1", "F-24", "F-26"],
    why: "the library fails on a path into a complex attribute that is not there",
    adapt(input) {
      const ofElements = onTests((test) =>
        test.sub === undefined ? test : perElement(test, (inner) => inner),
      )(input);
      const complex = testsOf(ofElements.filter).filter(({ sub, many }) => sub !== undefined && !many);
      const empty = Object.fromEntries(complex.map(({ name }) => [name, {}]));
      return { ...ofElements, resource: { ...empty, ...input.resource } };
    },
  },
  {
    name: "connectives",
    libraries: [scimmy],
    cites: ["RFC 7644 §3.4.2.2 Table 5", "F-03", "F-04", "F-15", "F-16"],
    why: "negation leaves and/or as they are, and tests of one attribute joined by and are put to one element",
    adapt: (input) => ({ ...input, apart: true }),
  },
];
