// Sessions of members: what they may do, here and in the SDK's own checks, and how they end.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import {
  askWorld,
  assertRefused,
  assertReply,
  attest,
  client,
  connect,
  profileId,
  readAllGroups,
} from "./surroundings.js";

const { sessions } = client;

describe("a member's session", () => {
  let acme;
  let organization_id;
  let ada, grace, zoe;
  before(async () => {
    acme = await connect();
    ({ organization_id } = acme.ids);
    const { users, groups } = await acme.push();
    [ada, grace, zoe] = users;
    await client.scim.connection.update({
      ...acme.ids,
      scim_group_implicit_role_assignments: [{ role_id: "stytch_admin", group_id: groups[0].id }],
    });
  });

  const sessionOf = (user) => attest(organization_id, user.email_address);
  const sessionOfAStranger = async () => {
    const { ids } = await connect();
    const eve = { organization_id: ids.organization_id, email_address: "eve@other.example" };
    await client.organizations.members.create({ ...eve, roles: ["stytch_admin"] });
    return attest(eve.organization_id, eve.email_address);
  };
  const getGroups = (authorization) =>
    client.scim.connection.getGroups({ ...acme.ids, limit: 1 }, { authorization });
  const mayGetScim = (other = organization_id) => ({
    organization_id: other,
    resource_id: "stytch.scim",
    action: "get",
  });
  const credentialsOf = ({ session_token, session_jwt }) => [{ session_token }, { session_jwt }];

  it("begins with a trusted token", async () => {
    const attested = await sessionOf(ada);
    assertReply(attested);
    assert.equal(attested.member_id, ada.id);
    assert.deepEqual(attested.member_session.roles, ["stytch_member", "stytch_admin"]);
    const [factor] = attested.member_session.authentication_factors;
    assert.equal(factor.type, "trusted_auth_token");
    await assertRefused(
      sessions.attest({ profile_id: profileId, organization_id, token: "a.b.c" }),
      401, "invalid_trusted_auth_token");
  });

  it("is authenticated by token and by JWT", async () => {
    const attested = await sessionOf(ada);
    for (const credentials of credentialsOf(attested)) {
      const reply = await sessions.authenticate({
        ...credentials,
        authorization_check: mayGetScim(),
        session_custom_claims: { tier: "gold" },
      });
      assertReply(reply);
      assert.equal(reply.member_session.member_session_id, attested.member_session.member_session_id);
      assert.deepEqual(reply.verdict, { authorized: true, granting_roles: ["stytch_admin"] });
      assert.deepEqual(reply.member_session.custom_claims, { tier: "gold" });
    }
    const { session_token } = await sessionOf(grace);
    await assertRefused(
      sessions.authenticate({ session_token, authorization_check: mayGetScim() }),
      403, "session_authorization_error");
  });

  it("reads groups if its roles allow it", async () => {
    for (const authorization of credentialsOf(await sessionOf(ada))) {
      const pages = await readAllGroups(acme.ids, 100, { authorization });
      assert.deepEqual(pages.map((page) => page.length), [100, 100, 50]);
    }
    for (const credentials of credentialsOf(await sessionOf(grace))) {
      await assertRefused(getGroups(credentials), 403, "session_authorization_error");
    }
    for (const credentials of credentialsOf(await sessionOfAStranger())) {
      await assertRefused(getGroups(credentials), 403, "session_authorization_tenancy_error");
    }
  });

  it("is verified without a call", async () => {
    const { session_jwt, member_session } = await sessionOf(ada);
    const local = await sessions.authenticateJwtLocal({ session_jwt, authorization_check: mayGetScim() });
    assert.equal(local.member_session_id, member_session.member_session_id);
    assert.deepEqual([local.member_id, local.organization_id], [ada.id, organization_id]);
    assert.deepEqual(local.roles, member_session.roles);

    const [header, claims, signature] = session_jwt.split(".");
    const forged = { ...JSON.parse(Buffer.from(claims, "base64url")), sub: grace.id };
    const forgery = [header, Buffer.from(JSON.stringify(forged)).toString("base64url"), signature].join(".");
    await assert.rejects(sessions.authenticateJwtLocal({ session_jwt: forgery }), { code: "jwt_invalid" });
  });

  it("is checked without a call", async () => {
    const check = ({ session_jwt }, authorization_check) =>
      sessions.authenticateJwtLocal({ session_jwt, authorization_check });
    await assert.rejects(check(await sessionOf(grace), mayGetScim()), { code: "invalid_permissions" });
    const other = await connect();
    await assert.rejects(
      check(await sessionOf(ada), mayGetScim(other.ids.organization_id)), { code: "tenancy_mismatch" });
  });

  it("ends when it is revoked", async () => {
    const attested = await sessionOf(ada);
    const { member_session_id } = attested.member_session;
    const idsOfAda = async () => {
      const reply = await sessions.get({ organization_id, member_id: ada.id });
      assertReply(reply);
      return reply.member_sessions.map((session) => session.member_session_id);
    };
    assert.ok((await idsOfAda()).includes(member_session_id));
    assertReply(await sessions.revoke({ member_session_id }));
    assert.ok(!(await idsOfAda()).includes(member_session_id));
    for (const credentials of credentialsOf(attested)) {
      await assertRefused(getGroups(credentials), 404, "session_not_found");
      await assertRefused(sessions.authenticate(credentials), 404, "session_not_found");
    }
  });

  it("ends when the member leaves", async () => {
    const attested = await sessionOf(zoe);
    await assertRefused(
      getGroups({ session_token: attested.session_token }), 403, "session_authorization_error");
    await askWorld("leave", { base_url: acme.base, bearer_token: acme.token, id: zoe.id });
    for (const credentials of credentialsOf(attested)) {
      await assertRefused(getGroups(credentials), 404, "session_not_found");
    }
    await assertRefused(sessionOf(zoe), 404, "member_not_found");
  });
});
