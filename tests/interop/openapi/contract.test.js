// The judge, with a document of a few lines.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Contract } from "./contract.js";

const json = (schema) => ({ content: { "application/json": { schema } } });
const error = {
  type: "object",
  additionalProperties: false,
  required: ["status_code", "error_type"],
  properties: { status_code: { type: "integer" }, error_type: { enum: ["gone", "never_there", "busy"] } },
};
const document = {
  openapi: "3.1.0",
  info: { title: "Test", version: "1" },
  paths: {
    "/v1/things/{thing_id}": {
      get: {
        responses: {
          200: {
            description: "",
            ...json({
              type: "object",
              additionalProperties: false,
              required: ["thing", "status_code"],
              properties: { thing: { $ref: "#/components/schemas/Thing" }, status_code: { const: 200 } },
            }),
          },
          404: { $ref: "#/components/responses/Missing" },
          default: { description: "", ...json({ $ref: "#/components/schemas/Error" }) },
        },
      },
    },
    "/v1/things/search": {
      post: { responses: { 200: { description: "", ...json({ type: "object" }) } } },
    },
  },
  components: {
    responses: {
      Missing: {
        description: "",
        ...json({
          $ref: "#/components/schemas/Error",
          properties: { error_type: { enum: ["gone", "never_there"] } },
        }),
      },
    },
    schemas: {
      Thing: {
        type: "object",
        additionalProperties: false,
        required: ["name", "size"],
        properties: { name: { type: "string" }, size: { type: ["integer", "null"] } },
      },
      Error: error,
    },
  },
};

function judge(changes) {
  const { body = { thing: { name: "a", size: null }, status_code: 200 }, ...others } = changes;
  return new Contract(document).judge({
    method: "GET",
    target: "/v1/things/7",
    status: 200,
    contentType: "application/json",
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    ...others,
  });
}

const thing = (fields) => ({ thing: { name: "a", size: 1, ...fields }, status_code: 200 });

describe("an answer", () => {
  it("is right if it is as the document says", () => {
    assert.deepEqual(judge({}), { operation: "GET /v1/things/{thing_id}", problems: [] });
    assert.deepEqual(judge({ body: thing() }).problems, []);
  });

  it("is wrong if a member is missing, unknown or of another type", () => {
    assert.deepEqual(judge({ body: thing({ size: undefined }) }).problems, [
      "/thing must have required property 'size'",
    ]);
    assert.deepEqual(judge({ body: thing({ extra: "s3cret" }) }).problems, [
      "/thing must NOT have additional properties: extra",
    ]);
    assert.deepEqual(judge({ body: thing({ size: "s3cret" }) }).problems, [
      "/thing/size must be integer,null",
    ]);
  });

  it("is wrong if it is of another media type or no JSON", () => {
    assert.deepEqual(judge({ contentType: "text/plain" }).problems, [
      "has the content type text/plain, not application/json",
    ]);
    assert.deepEqual(judge({ contentType: undefined }).problems, [
      "has the content type none, not application/json",
    ]);
    assert.deepEqual(judge({ body: "{" }).problems, ["has a body that is not JSON"]);
    assert.deepEqual(judge({ contentType: "application/json; charset=utf-8" }).problems, []);
  });

  it("that is an error has a type of its status, and tells its status", () => {
    const missing = (body) => judge({ status: 404, body }).problems;
    assert.deepEqual(missing({ status_code: 404, error_type: "gone" }), []);
    assert.deepEqual(missing({ status_code: 404, error_type: "busy" }), [
      "/error_type must be equal to one of the allowed values",
    ]);
    assert.deepEqual(missing({ status_code: 400, error_type: "gone" }), [
      "/status_code is not the HTTP status",
    ]);
    const busy = { status_code: 503, error_type: "busy" };
    assert.deepEqual(judge({ status: 503, body: busy }).problems, []);
  });

  it("belongs to the most literal path that has the method", () => {
    const operation = (method, target) => judge({ method, target, body: {} }).operation;
    assert.equal(operation("POST", "/v1/things/search?x=/y"), "POST /v1/things/search");
    assert.equal(operation("GET", "/v1/things/search"), "GET /v1/things/{thing_id}");
    assert.equal(operation("GET", "//v1//%74hings/a%2Fb/"), "GET /v1/things/{thing_id}");
    assert.equal(operation("GET", "/v1/things/%zz"), "GET /v1/things/{thing_id}");
  });

  it("to what the document does not have must be an error", () => {
    const unknown = { method: "PUT", target: "/v1/other" };
    assert.deepEqual(judge(unknown), { problems: ["is not in the document"] });
    const body = { status_code: 404, error_type: "never_there" };
    assert.deepEqual(judge({ ...unknown, status: 404, body }), { problems: [] });
    assert.equal(judge({ ...unknown, status: 404, body: {} }).problems.length, 2);
  });
});

it("refuses schemas with words that mean nothing", () => {
  const wrong = structuredClone(document);
  wrong.components.schemas.Thing.requried = [];
  assert.throws(() => new Contract(wrong).compileAll(), /requried/);
});
