// An identity provider's side: single SCIM requests, and provider conversations from tests/replay in
// the format that tests/replay/README.md describes.
import { readFile } from "node:fs/promises";
import http from "node:http";
import { isDeepStrictEqual } from "node:util";

/// Sends one request. `base` is the absolute SCIM base URL; `path` goes out byte for byte.
export function send(base, { method, path, headers = {}, body }) {
  const url = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: url.hostname, port: url.port, method, path: url.pathname + path, headers },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/// Pushes one group without members; returns its id.
export async function pushGroup(base, token, displayName) {
  const answer = await send(base, {
    method: "POST",
    path: "/Groups",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/scim+json; charset=utf-8",
    },
    body: JSON.stringify({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName,
      members: [],
    }),
  });
  if (answer.status !== 201) throw new Error(`POST /Groups: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).id;
}

/// Plays a file against a fresh connection. Throws at the first step that does not hold.
export async function replay(file, base, token) {
  const steps = JSON.parse(await readFile(file, "utf8"));
  const variables = new Map([
    ["base", base],
    ["token", token],
  ]);
  for (const step of steps) {
    const problems = await play(step, base, variables);
    if (problems.length > 0) throw new Error(`${file}: ${step.name}:\n  ${problems.join("\n  ")}`);
  }
  return steps.length;
}

async function play(step, base, variables) {
  const answer = await send(base, requestOf(step, variables));
  const problems = [];
  if (!step.expect.status.includes(answer.status)) {
    problems.push(`status ${answer.status}, not one of ${step.expect.status}: ${answer.text}`);
    return problems;
  }
  const expect = substitute({ json: step.expect.json, headers: step.expect.headers }, variables);
  for (const [name, expected] of Object.entries(expect.headers ?? {})) {
    check(problems, `header ${name}`, answer.headers[name.toLowerCase()], expected);
  }
  const severalStatuses = step.expect.status.length > 1;
  let body;
  if (answer.text !== "") body = JSON.parse(answer.text);
  if (expect.json !== undefined && !(severalStatuses && body === undefined)) {
    if (body === undefined) return [...problems, "no body"];
    for (const [pointer, expected] of Object.entries(expect.json)) {
      check(problems, pointer === "" ? "the body" : pointer, resolve(body, pointer), expected);
    }
  }
  for (const [name, pointer] of Object.entries(step.capture ?? {})) {
    const value = resolve(body, pointer);
    if (value === undefined) problems.push(`nothing to capture at ${pointer}`);
    else variables.set(name, value);
  }
  return problems;
}

function requestOf(step, variables) {
  const headers = {
    Authorization: "Bearer {{token}}",
    Accept: "application/scim+json",
    ...(step.body === undefined ? {} : { "Content-Type": "application/scim+json; charset=utf-8" }),
  };
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    const known = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
    if (known !== undefined) delete headers[known];
    if (value !== null) headers[name] = value;
  }
  const body = step.body === undefined ? undefined : substitute(step.body, variables);
  return {
    method: step.method,
    path: substituteText(step.path, variables),
    headers: substitute(headers, variables),
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  };
}

function substituteText(text, variables) {
  return text.replace(/\{\{([^{}]+)\}\}/g, (_, name) => {
    if (!variables.has(name)) throw new Error(`variable ${name} is not bound`);
    return String(variables.get(name));
  });
}

function substitute(value, variables) {
  if (typeof value === "string") {
    const whole = /^\{\{([^{}]+)\}\}$/.exec(value);
    return whole && variables.has(whole[1]) ? variables.get(whole[1]) : substituteText(value, variables);
  }
  if (Array.isArray(value)) return value.map((element) => substitute(element, variables));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, substitute(element, variables)]),
  );
}

// RFC 6901; undefined where nothing is.
function resolve(document, pointer) {
  if (pointer === "") return document;
  let value = document;
  for (const raw of pointer.slice(1).split("/")) {
    if (value === null || typeof value !== "object") return undefined;
    value = value[raw.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return value;
}

function isMatcher(expected) {
  if (expected === null || typeof expected !== "object" || Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}

const matchers = {
  $exists: (actual) => actual !== undefined && actual !== null,
  $absent: (actual) =>
    actual === undefined || actual === null || (Array.isArray(actual) && actual.length === 0),
  $regex: (actual, pattern) => typeof actual === "string" && new RegExp(pattern).test(actual),
  $length: (actual, size) =>
    Array.isArray(actual) ? actual.length === size : typeof actual === "string" && [...actual].length === size,
  $contains: (actual, wanted) => {
    if (typeof actual === "string") return actual.includes(wanted);
    if (!Array.isArray(actual)) return false;
    return (Array.isArray(wanted) ? wanted : [wanted]).every((one) =>
      actual.some((element) => covers(element, one)),
    );
  },
};

function covers(actual, wanted) {
  if (wanted === null || typeof wanted !== "object") return actual === wanted;
  if (actual === null || typeof actual !== "object") return false;
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && wanted.every((one) => actual.some((element) => covers(element, one)));
  }
  return Object.entries(wanted).every(([key, value]) => covers(actual[key], value));
}

function check(problems, where, actual, expected) {
  const holds = isMatcher(expected)
    ? Object.entries(expected).every(([name, operand]) => {
        if (!(name in matchers)) throw new Error(`unknown matcher ${name}`);
        return matchers[name](actual, operand);
      })
    : isDeepStrictEqual(actual, expected);
  if (!holds) {
    problems.push(`${where}: ${JSON.stringify(actual)} does not hold ${JSON.stringify(expected)}`);
  }
}
