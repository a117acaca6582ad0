// An OpenAPI document as a judge of responses.
import addFormats from "ajv-formats";
import Ajv2020 from "ajv/dist/2020.js";

const base = "openapi.json";

/// Reads an OpenAPI 3.1 document; throws if one of its schemas is wrong.
export class Contract {
  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
    addFormats.default(this.ajv);
    // What Ajv meets on its way to the schemas, and what adds nothing to their meaning.
    this.ajv.addVocabulary([...Object.keys(document), "x-rollcall-permission", "x-enumDescriptions"]);
    this.ajv.addSchema(document, base, true);
    this.routes = readRoutes(document);
    this.errorSchema = this.compile(["components", "schemas", "Error"]);
  }

  /// Names of all operations: "METHOD /path".
  get operations() {
    return this.routes.map((route) => route.name);
  }

  /// Judges one response. `target` is the request's, as sent.
  /// Returns { operation, problems }: no operation if the document has none for the request. Problems
  /// name places and rules, never values.
  judge({ method, target, status, contentType, body }) {
    const route = this.find(method, target);
    if (route === undefined) return { problems: this.judgeUnrouted(status, contentType, body) };
    const key = `${status}` in route.responses ? `${status}` : "default";
    const { content, validate } = this.response(route, key);
    const problems = judgeBody(content, validate, contentType, body);
    if (status >= 300 && problems.length === 0) problems.push(...judgeStatus(status, body));
    return { operation: route.name, problems };
  }

  // The most literal path that has the method, as /organizations/search is before /organizations/{id}.
  find(method, target) {
    const path = segmentsOf(target);
    const fitting = this.routes.filter((route) => route.method === method && fits(route.pattern, path));
    return fitting.sort((a, b) => a.variables - b.variables)[0];
  }

  judgeUnrouted(status, contentType, body) {
    if (status < 300) return ["is not in the document"];
    const problems = judgeBody("application/json", this.errorSchema, contentType, body);
    return problems.length > 0 ? problems : judgeStatus(status, body);
  }

  response(route, key) {
    route.compiled[key] ??= this.compileResponse(route, key);
    return route.compiled[key];
  }

  compileResponse(route, key) {
    let pointer = [...route.pointer, "responses", key];
    let response = route.responses[key];
    if (response.$ref !== undefined) {
      pointer = response.$ref.split("/").slice(1);
      response = this.document.components.responses[pointer.at(-1)];
    }
    const [content] = Object.keys(response.content);
    return { content, validate: this.compile([...pointer, "content", content, "schema"]) };
  }

  compile(pointer) {
    const escaped = pointer.map((one) =>
      encodeURIComponent(one.replaceAll("~", "~0").replaceAll("/", "~1")));
    return this.ajv.compile({ $ref: `${base}#/${escaped.join("/")}` });
  }

  /// Compiles every schema; throws at the first that is wrong.
  compileAll() {
    for (const name of Object.keys(this.document.components.schemas)) {
      this.compile(["components", "schemas", name]);
    }
    for (const route of this.routes) {
      for (const key of Object.keys(route.responses)) this.response(route, key);
      const content = this.document.paths[route.path][route.key].requestBody?.content ?? {};
      for (const type of Object.keys(content)) {
        this.compile([...route.pointer, "requestBody", "content", type, "schema"]);
      }
    }
  }
}

function readRoutes(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([key, operation]) => {
      const pattern = path.split("/").slice(1);
      return {
        name: `${key.toUpperCase()} ${path}`,
        method: key.toUpperCase(),
        key,
        path,
        pattern,
        variables: pattern.filter(isVariable).length,
        pointer: ["paths", path, key],
        responses: operation.responses,
        compiled: {},
      };
    }),
  );
}

/// The segments of a request target, decoded; without empty ones, as the server reads it.
export function segmentsOf(target) {
  return target.split("?", 1)[0].split("/").filter((piece) => piece !== "").map(decode);
}

function decode(piece) {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function isVariable(piece) {
  return piece.startsWith("{");
}

function fits(pattern, path) {
  return pattern.length === path.length &&
    pattern.every((piece, i) => isVariable(piece) || piece === path[i]);
}

function judgeBody(expectedType, validate, contentType, body) {
  const type = (contentType ?? "none").split(";")[0].trim();
  if (type !== expectedType) return [`has the content type ${type}, not ${expectedType}`];
  const value = type === "application/json" ? parse(body) : body.toString("utf8");
  if (value === undefined) return ["has a body that is not JSON"];
  return validate(value) ? [] : describe(validate.errors);
}

function judgeStatus(status, body) {
  return parse(body).status_code === status ? [] : ["/status_code is not the HTTP status"];
}

function parse(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function describe(errors) {
  return errors.map(({ instancePath, message, params }) => {
    const name = params.additionalProperty ?? params.unevaluatedProperty;
    return `${instancePath || "the body"} ${message}${name === undefined ? "" : `: ${name}`}`;
  });
}
