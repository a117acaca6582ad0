// Logging in without a trusted issuer: passwords, support, and from one organization into another.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";

import { askWorld, assertRefused, assertReply, client, createOrganization } from "./surroundings.js";

const password = "correct horse";
const email_address = "ada@acme.example";
const sha512 = (text) => createHash("sha512").update(text).digest("hex");

function migrate(organization_id, fields = {}) {
  return client.passwords.migrate({
    organization_id, email_address, hash_type: "sha_512",
    hash: sha512(`pepper${password}`),
    sha_512_config: { prepend_salt: "pepper", append_salt: "" },
    ...fields,
  });
}

function assertLogin(reply, { organization_id, member_id }) {
  assertReply(reply);
  assert.equal(reply.organization_id, organization_id);
  assert.equal(reply.member_id, member_id);
  assert.equal(reply.member_authenticated, true);
  assert.equal(reply.intermediate_session_token, "");
  assert.equal(reply.member_session.member_id, member_id);
  return reply;
}

describe("a member with a password from elsewhere", () => {
  let ids;
  before(async () => {
    const { organization_id } = await createOrganization();
    const reply = await migrate(organization_id, {
      name: "Ada", external_id: "crm|ada", trusted_metadata: { plan: "gold" },
    });
    assertReply(reply);
    assert.equal(reply.member_created, true);
    assert.equal(reply.member.email_address_verified, true);
    assert.equal(reply.member.external_id, "crm|ada");
    assert.match(reply.member.member_password_id, /^member-password-test-/);
    ids = { organization_id, member_id: reply.member_id };
  });

  const logIn = (fields = {}) =>
    client.passwords.authenticate({ ...ids, email_address, password, ...fields });

  it("logs in", async () => {
    const reply = assertLogin(await logIn({ session_duration_minutes: 30 }), ids);
    const [factor] = reply.member_session.authentication_factors;
    assert.equal(factor.type, "password");
    assert.equal(factor.delivery_method, "knowledge");
    assert.equal(factor.email_factor.email_address, email_address);
    const { session_token } = reply;
    const shown = await client.sessions.authenticate({ session_token });
    assert.equal(shown.member.member_id, ids.member_id);
  });

  it("has that one only", async () => {
    await assertRefused(logIn({ password: "wrong" }), 401, "unauthorized_credentials");
    await assertRefused(
      logIn({ email_address: "nobody@acme.example" }), 401, "unauthorized_credentials");
    await assertRefused(migrate(ids.organization_id), 400, "password_already_exists");
  });

  it("goes on into another organization that knows the address", async () => {
    const { organization_id } = await createOrganization();
    const { session_token } = await logIn();
    const exchange = () => client.sessions.exchange({ organization_id, session_token });
    await assertRefused(exchange(), 404, "member_not_found");
    const { member_id } = await migrate(organization_id);
    const reply = assertLogin(await exchange(), { organization_id, member_id });
    assert.notEqual(reply.session_token, session_token);
    assert.equal(reply.member_session.authentication_factors[0].type, "password");
  });

  it("is helped by support, once and for an hour", async () => {
    const { member_id } = ids;
    const { impersonation_token } = await askWorld("impersonate", {
      member_id, address: "support@rollcall.example",
    });
    const use = () => client.impersonation.authenticate({ impersonation_token });
    const reply = assertLogin(await use(), ids);
    const [factor] = reply.member_session.authentication_factors;
    assert.equal(factor.type, "impersonated");
    assert.equal(
      factor.impersonated_factor.impersonator_email_address, "support@rollcall.example");
    await assertRefused(use(), 401, "unable_to_auth_impersonation_token");
    const { session_token } = reply;
    await assertRefused(
      client.sessions.authenticate({ session_token, session_duration_minutes: 60 }),
      400, "session_not_mutable");
  });
});
