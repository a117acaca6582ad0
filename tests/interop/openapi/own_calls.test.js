// Calls that no SDK has: what this server adds to the Stytch API.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { start } from "./stand_in.js";

const records = path.join(path.dirname(fileURLToPath(import.meta.url)), "records", "own_calls");
const projectId = `project-test-${randomUUID()}`;
const secret = `secret-test-${randomBytes(30).toString("base64url")}`;
let server;

before(async () => {
  await rm(records, { recursive: true, force: true });
  server = await start({
    binary: process.env.ROLLCALL_BIN,
    records,
    settings: { ROLLCALL_BOOTSTRAP_PROJECT_ID: projectId, ROLLCALL_BOOTSTRAP_SECRET: secret },
  });
});
// Any answer that was not as documented makes it end with 1.
after(async () => assert.equal(await server.stop(), 0, server.log()));

async function call(method, target, fields) {
  const credentials = Buffer.from(`${projectId}:${secret}`).toString("base64");
  const response = await fetch(server.url + target, {
    method,
    headers: { Authorization: `Basic ${credentials}`, "Content-Type": "application/json" },
    body: fields === undefined ? undefined : JSON.stringify(fields),
  });
  return { status: response.status, ...(await response.json()) };
}

async function ok(method, target, fields) {
  const answer = await call(method, target, fields);
  assert.equal(answer.status, 200, JSON.stringify(answer));
  return answer;
}

describe("a connection", () => {
  let connection;
  let own;
  before(async () => {
    const { organization } = await ok("POST", "/v1/b2b/organizations", { organization_name: "Acme" });
    const target = `/v1/b2b/scim/${organization.organization_id}/connection`;
    connection = (await ok("POST", target, { identity_provider: "okta" })).connection;
    own = `/v1/rollcall/scim/acme/connection/${connection.connection_id}`;
  });

  const push = (fields) =>
    fetch(`${connection.base_url}/Users`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${connection.bearer_token}`,
        "Content-Type": "application/scim+json",
      },
      body: JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], ...fields }),
    });

  it("has options", async () => {
    const { options } = await ok("GET", `${own}/options`);
    assert.deepEqual(options.unknown_attributes, { value: "ignore", source: "provider" });
    const changed = await ok("PUT", `${own}/options`, { unknown_attributes: "refuse", user_groups: false });
    assert.deepEqual(changed.options.unknown_attributes, { value: "refuse", source: "connection" });
    const reset = await ok("PUT", `${own}/options`, { unknown_attributes: null });
    assert.deepEqual(reset.options, options);
    const refused = await call("PUT", `${own}/options`, { colour: "red" });
    assert.equal(refused.error_type, "invalid_scim_connection_option");
  });

  it("tells which requests failed or needed tolerance", async () => {
    assert.equal((await push({ userName: "ada@acme.example", shoeSize: 38 })).status, 201);
    assert.equal((await push({})).status, 400);
    const first = await ok("GET", `${own}/requests?limit=1`);
    assert.equal(first.requests[0].status, 400);
    const second = await ok("GET", `${own}/requests?cursor=${first.next_cursor}`);
    assert.equal(second.requests[0].status, 201);
    assert.ok(second.requests[0].notes.length > 0);
    assert.equal((await ok("GET", `${own}/requests?only=failed`)).requests.length, 1);
  });

  it("declares schemas", async () => {
    const urn = "urn:acme:scim:schemas:1.0:Badge";
    const attributes = [
      { name: "number", type: "integer", required: true },
      { name: "doors", multiValued: true, canonicalValues: ["north", "south"] },
      { name: "door", type: "reference", referenceTypes: ["external"] },
      { name: "office", type: "complex", subAttributes: [{ name: "floor", type: "integer" }] },
    ];
    const declared = await ok("PUT", `${own}/schemas/${urn}`, { schema: { name: "Badge", attributes } });
    assert.equal(declared.scim_schema.schema_id, urn);
    const { scim_schema } = await ok("GET", `${own}/schemas/${encodeURIComponent(urn)}`);
    assert.deepEqual(scim_schema, declared.scim_schema);
    assert.deepEqual((await ok("GET", `${own}/schemas`)).scim_schemas, [scim_schema]);
    assert.equal((await ok("DELETE", `${own}/schemas/${urn}`)).schema_id, urn);
    assert.equal((await call("GET", `${own}/schemas/${urn}`)).error_type, "scim_schema_not_found");
  });
});
