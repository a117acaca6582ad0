// Other implementations of PATCH: each answers { resource } or { refused: code }.
import { scimPatch } from "scim-patch";
import SCIMMY from "scimmy";

import { print } from "./patches.js";
import { enterpriseUrn, splitUrn, types } from "./schema.js";

const { Attribute, Schema, SchemaDefinition } = SCIMMY.Types;
const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

function askScimPatch({ resource, operations }) {
  return scimPatch(structuredClone(resource), operations.map(print), {
    mutateDocument: true,
    treatMissingAsAdd: false,
  });
}

// The library's own schemas refuse what ours accept, such as types of e-mail addresses that RFC 7643
// does not list; these have the attributes of generated cases and no such rule.
function toAttribute([name, definition]) {
  const parts = definition.elements ?? definition.parts;
  if (parts === undefined)
    return new Attribute(definition.kind === "secret" ? "string" : definition.kind, name, {});
  // A further sub-attribute that patch_departures.js tells elements apart by.
  const mark = definition.elements === undefined ? [] : [new Attribute("string", "mark", {})];
  const subAttributes = [...Object.entries(parts).map(toAttribute), ...mark];
  return new Attribute("complex", name, { multiValued: definition.elements !== undefined }, subAttributes);
}

function makeSchema(type) {
  const attributes = Object.entries(types[type].attributes).filter(
    ([name]) => !["id", "meta"].includes(name),
  );
  const inCore = attributes.filter(([name]) => splitUrn(name)[0] === "");
  const extended = attributes.filter(([name]) => splitUrn(name)[0] === enterpriseUrn);
  const definition = new SchemaDefinition(
    type,
    types[type].urn,
    type,
    inCore.filter(([name]) => name !== "externalId").map(toAttribute),
  );
  const short = extended.map(([name, attribute]) => toAttribute([splitUrn(name)[1], attribute]));
  if (short.length > 0)
    definition.extend(new SchemaDefinition("EnterpriseUser", enterpriseUrn, "Enterprise", short), false);
  return class extends Schema {
    static get id() {
      return definition.id;
    }
    static get definition() {
      return definition;
    }
    constructor(resource, direction = "both", basepath, filters) {
      super(resource, direction);
      Object.assign(this, definition.coerce(resource, direction, basepath, filters));
    }
  };
}

const schemas = { User: makeSchema("User"), Group: makeSchema("Group") };

async function askScimmy({ type, resource, operations }) {
  if (operations.length === 0) return resource;
  const before = new schemas[type]({ ...resource, schemas: [types[type].urn, enterpriseUrn] });
  const message = new SCIMMY.Messages.PatchOp({ schemas: [patchUrn], Operations: operations.map(print) });
  // Nothing comes back when nothing changed.
  const {
    schemas: urns,
    meta,
    ...after
  } = JSON.parse(JSON.stringify((await message.apply(before)) ?? before));
  return after;
}

const codes = {
  noTarget: "no_target",
  invalidPath: "invalid_path",
  invalidValue: "invalid_value",
  mutability: "mutability",
};

const guarded = (ask) => async (input) => {
  try {
    return { resource: JSON.parse(JSON.stringify(await ask(input))) };
  } catch (error) {
    return { refused: codes[error.scimType ?? error.scimCode] ?? String(error.message) };
  }
};

export const patchLibraries = { "scim-patch": guarded(askScimPatch), scimmy: guarded(askScimmy) };
