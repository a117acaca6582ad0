// What RFC 7643 says of the attributes that generated cases use. Written from the RFC and not from
// our tables, so that a mistake there is a difference here.
export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const text = { kind: "string" };
const exact = { kind: "string", exact: true };
const boolean = { kind: "boolean" };
const instant = { kind: "dateTime" };
const secret = { kind: "secret" };
const kind = { kind: "string", values: ["work", "home", "other"] };
const plural = (value = text) => ({ value, type: kind, display: text, primary: boolean });

const common = {
  id: exact,
  externalId: exact,
  meta: { parts: { resourceType: exact, created: instant, lastModified: instant } },
};

const user = {
  ...common,
  userName: text,
  name: { parts: { familyName: text, givenName: text } },
  displayName: text,
  title: text,
  profileUrl: exact,
  active: boolean,
  password: secret,
  emails: { elements: plural() },
  phoneNumbers: { elements: plural() },
  roles: { elements: plural() },
  photos: { elements: plural(exact) },
  addresses: { elements: { country: text, locality: text, type: kind, primary: boolean } },
  [`${enterpriseUrn}:employeeNumber`]: text,
  [`${enterpriseUrn}:department`]: text,
  [`${enterpriseUrn}:manager`]: { parts: { value: text } },
};

const group = {
  ...common,
  displayName: text,
  members: {
    elements: { value: exact, type: { kind: "string", values: ["User", "Group"] }, display: text },
    set: true,
  },
};

export const types = {
  User: { urn: userUrn, attributes: user },
  Group: { urn: groupUrn, attributes: group },
};

/// What an attribute is, by its full name; undefined if the type has none of that name.
export const definitionOf = (type, name) => types[type].attributes[name];

/// The URN and name of an attribute's full name: ["", "userName"] for one of the core schema.
export function splitUrn(name) {
  const end = name.lastIndexOf(":");
  return end < 0 ? ["", name] : [name.slice(0, end), name.slice(end + 1)];
}

/// The value of an attribute in a resource, by its full name.
export function valueOf(resource, name) {
  const [urn, short] = splitUrn(name);
  return (urn === "" ? resource : resource[urn])?.[short];
}
