// Calls that no SDK has: what this server adds to the Stytch API, and whoami.
import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
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

async function call(method, target, fields, password = secret) {
  const credentials = Buffer.from(`${projectId}:${password}`).toString("base64");
  const response = await fetch(server.url + target, {
    method,
    headers: { Authorization: `Basic ${credentials}`, "Content-Type": "application/json" },
    body: fields === undefined ? undefined : JSON.stringify(fields),
  });
  return { status: response.status, ...(await response.json()) };
}

async function ok(method, target, fields, password) {
  const answer = await call(method, target, fields, password);
  assert.equal(answer.status, 200, JSON.stringify(answer));
  return answer;
}

it("tells which project the credentials belong to", async () => {
  assert.equal((await ok("GET", "/v1/debug/whoami")).project_id, projectId);
});

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

describe("trusted-token profiles", () => {
  const target = "/v1/rollcall/trusted_token_profiles";
  const { publicKey } = generateKeyPairSync("ed25519");
  const fields = {
    name: "Backend",
    issuer: "https://issuer.example.com",
    audience: "rollcall",
    attribute_mapping: { email: "email", token_id: "jti", organization_id: "org" },
  };

  it("have PEM files or JWKs, and become each other", async () => {
    const pem_files = [publicKey.export({ type: "spki", format: "pem" })];
    const made = await ok("POST", target, { ...fields, public_key_type: "PEM", pem_files });
    const profile = made.trusted_token_profile;
    assert.deepEqual(profile.pem_files, pem_files);
    const one = `${target}/${profile.profile_id}`;
    assert.deepEqual((await ok("GET", one)).trusted_token_profile, profile);

    const jwks = { keys: [publicKey.export({ format: "jwk" })] };
    const changed = await ok("PUT", one, { public_key_type: "JWK", jwks, single_use: true });
    assert.deepEqual(changed.trusted_token_profile.jwks, jwks);
    const { trusted_token_profiles } = await ok("GET", target);
    assert.deepEqual(trusted_token_profiles, [changed.trusted_token_profile]);
    assert.equal((await ok("DELETE", one)).profile_id, profile.profile_id);
    assert.equal((await call("GET", one)).error_type, "trusted_token_profile_not_found");
  });

  it("are refused with the place of what is wrong", async () => {
    const refused = await call("POST", target, { ...fields, public_key_type: "JWK", jwks: { keys: [{}] } });
    assert.equal(refused.error_type, "invalid_trusted_token_profile");
    assert.match(refused.error_message, /^jwks\.keys\[0\]: kty/);
  });
});

describe("the project", () => {
  const secrets = "/v1/rollcall/project/secrets";

  it("shows itself", async () => {
    assert.equal((await ok("GET", "/v1/rollcall/project")).project.project_id, projectId);
  });

  it("makes and revokes secrets, but not the last one", async () => {
    const made = (await ok("POST", secrets)).project_secret;
    const { project_secrets } = await ok("GET", secrets, undefined, made.secret);
    assert.deepEqual(project_secrets.map((one) => one.last_four), [secret.slice(-4), made.last_four]);
    assert.equal((await ok("DELETE", `${secrets}/${made.secret_id}`)).secret_id, made.secret_id);
    assert.equal((await call("GET", secrets, undefined, made.secret)).status, 401);
    const last = await call("DELETE", `${secrets}/${project_secrets[0].secret_id}`);
    assert.equal(last.error_type, "cannot_revoke_last_project_secret");
  });
});
