// How each official SDK writes the same call. Read in their sources, or seen on the wire where the SDK runs in
// these tests (Python, Java).
//
// A call is { method, path, ids, query, fields }: a path with {names} in it; the ids that fill them; the query
// and body fields that the call has. A field is { kind, value } with kind "text", "number", "flag", "list" or
// "map"; a value of undefined is one that the caller did not give.

const given = (fields, when = ({ value }) => value !== undefined) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => when(field))
      .map(([name, { value }]) => [name, value]),
  );

const mapped = (fields, change) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(field)]));

// What is sent as body: nothing at all, a body of no bytes, or JSON. All but .NET name the type even so.
const nothing = { type: "application/json" };
const empty = { type: "application/json", text: "" };
const json = (value) => ({ type: "application/json", text: JSON.stringify(value) });

// Everything but letters and digits.
const encodeAll = (text) =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");

// An empty map of PHP is an empty array.
const phpValue = ({ kind, value }) =>
  kind === "map" && value !== undefined && Object.keys(value).length === 0 ? [] : (value ?? null);

// Java gives its lists and maps a default.
const javaDefaults = { list: [], map: {} };

// GET has no body in most, DELETE one of no bytes.
const withoutBody = (method) => ({ GET: nothing, DELETE: empty })[method];

/// { agent, segment, slashes, query(call), body(call) }: the encoding of an id in a path; what the path starts
/// with; values of the query; what is sent as body and under which type.
export const dialects = {
  Go: {
    agent: "Stytch Go v18.1.0",
    segment: encodeURIComponent,
    slashes: "/",
    // An unset number is its zero; an empty text is dropped.
    query: ({ query }) =>
      mapped(query, ({ kind, value }) => ({ text: value, number: value ?? 0, flag: value ?? false })[kind]),
    body: ({ method, ids, fields }) =>
      method === "GET" || method === "DELETE" ? nothing : json({ ...ids, ...given(fields) }),
  },
  Python: {
    agent: "Stytch Python v15.3.0",
    segment: encodeURIComponent,
    slashes: "/",
    query: ({ ids, query }) => ({
      ...ids,
      ...mapped(query, ({ kind, value }) => (kind === "flag" && value !== undefined ? (value ? "True" : "False") : value)),
    }),
    body: ({ method, ids, fields }) =>
      withoutBody(method) ?? json({ ...ids, ...given(fields) }),
  },
  Java: {
    agent: "Stytch Java v11.1.0",
    segment: encodeURIComponent,
    slashes: "//",
    query: ({ ids, query }) => ({
      ...ids,
      ...mapped(query, ({ kind, value }) => (kind === "number" && value !== undefined ? value.toFixed(1) : value)),
    }),
    body: ({ method, ids, fields }) =>
      withoutBody(method) ?? json({ ...ids, ...mapped(fields, ({ kind, value }) => value ?? javaDefaults[kind]) }),
  },
  Ruby: {
    agent: "Stytch Ruby v11.1.0",
    segment: (text) => text,
    slashes: "/",
    query: ({ query }) => given(query),
    body: ({ method, fields }) => withoutBody(method) ?? json(given(fields)),
  },
  PHP: {
    agent: "Stytch PHP SDK v3.0.0",
    segment: encodeURIComponent,
    slashes: "//",
    // What http_build_query makes of true and false.
    query: ({ query }) =>
      mapped(query, ({ kind, value }) => (kind === "flag" && value !== undefined ? Number(value) : value)),
    body: ({ method, fields }) => {
      if (method !== "GET" && Object.keys(fields).length > 0) return json(mapped(fields, phpValue));
      return withoutBody(method) ?? empty;
    },
  },
  ".NET": {
    agent: "stytch-dotnet/4.1.0.0",
    segment: encodeURIComponent,
    slashes: "/",
    query: ({ query }) => given(query),
    body: ({ method, ids, fields }) =>
      method === "GET"
        ? {}
        : { ...json({ ...ids, ...given(fields) }), type: "application/json; charset=utf-8" },
  },
  Rust: {
    agent: "stytch-rust 10.3.0",
    segment: encodeAll,
    slashes: "/",
    query: ({ ids, query }) => ({ ...ids, ...given(query) }),
    body: ({ method, ids, fields }) =>
      method === "GET" ? json({}) : json({ ...ids, ...mapped(fields, ({ value }) => value ?? null) }),
  },
};

/// { target, headers, text } of a call in a dialect.
export function write(dialect, call) {
  const path = call.path.replace(/\{(\w+)\}/g, (_, name) => dialect.segment(call.ids[name]));
  const query = new URLSearchParams();
  if (call.method === "GET") {
    for (const [name, value] of Object.entries(dialect.query(call))) {
      if (value !== undefined) query.append(name, String(value));
    }
  }
  const { type, text } = dialect.body(call);
  return {
    target: dialect.slashes + path.slice(1) + (query.size > 0 ? `?${query}` : ""),
    headers: {
      "User-Agent": dialect.agent,
      ...(type === undefined ? {} : { "Content-Type": type }),
      ...(text === undefined ? {} : { "Content-Length": Buffer.byteLength(text) }),
    },
    text,
  };
}
