// Members: those whom the provider pushes, and those whom the backend makes.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { assertRefused, assertReply, client, connect } from "./surroundings.js";

const members = client.organizations.members;

describe("members", () => {
  let acme;
  let organization_id;
  let pushed;
  before(async () => {
    acme = await connect();
    ({ organization_id } = acme.ids);
    pushed = await acme.push();
  });

  const search = (operands, fields = {}) =>
    members.search({ organization_ids: [organization_id], query: { operator: "AND", operands }, ...fields });

  it("that are pushed have what the provider says", async () => {
    const ada = pushed.users[0];
    const got = await members.get({ organization_id, email_address: ada.email_address });
    assertReply(got);
    assert.equal(got.member_id, ada.id);
    assert.equal(got.member.name, ada.name);
    assert.equal(got.member.status, "active");
    assert.equal(got.organization.organization_id, organization_id);
    const { scim_registration: registration } = got.member;
    assert.equal(registration.connection_id, acme.ids.connection_id);
    assert.equal(registration.scim_attributes.user_name, ada.email_address);
    assert.equal(registration.scim_attributes.enterprise_extension.department, "Analytical Engines");
    assert.deepEqual(
      registration.scim_attributes.groups,
      pushed.groups.slice(0, 2).map(({ id, name }) => ({ value: id, display: name })));
  });

  it("live from creation to deletion", async () => {
    const made = await members.create({
      organization_id,
      email_address: "Linus@partner.example",
      name: "Linus",
      external_id: "crm|linus",
      trusted_metadata: { seat: 1 },
      untrusted_metadata: { theme: "dark" },
    });
    assertReply(made);
    const { member, member_id } = made;
    assert.equal(member.status, "active");
    assert.equal(member.scim_registration, null);
    assert.deepEqual(member.roles, [
      { role_id: "stytch_member", sources: [{ type: "direct_assignment", details: {} }] },
    ]);

    for (const reference of [{ member_id }, { member_id: "crm|linus" }, { email_address: "linus@PARTNER.example" }]) {
      assert.deepEqual((await members.get({ organization_id, ...reference })).member, member);
    }

    const updated = await members.update({
      organization_id,
      member_id: "crm|linus",
      name: "Linus T",
      roles: ["stytch_admin"],
      untrusted_metadata: { theme: null, language: "fi" },
    });
    assertReply(updated);
    assert.equal(updated.member.name, "Linus T");
    assert.equal(updated.member.is_admin, true);
    assert.deepEqual(updated.member.untrusted_metadata, { language: "fi" });
    assert.deepEqual(updated.member.trusted_metadata, { seat: 1 });

    const deleted = await members.delete({ organization_id, member_id });
    assertReply(deleted);
    assert.equal(deleted.member_id, member_id);
    await assertRefused(members.get({ organization_id, member_id }), 404, "member_not_found");
    const still = await members.dangerouslyGet({ member_id, include_deleted: true });
    assert.equal(still.member.status, "deleted");
  });

  it("return with a verified address, without an external id or a former address if so wished", async () => {
    const address = { organization_id, email_address: "barbara@partner.example" };
    const { member_id, member } = await client.passwords.migrate({
      ...address,
      external_id: "crm|barbara",
      hash_type: "bcrypt",
      hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    });
    assert.equal(member.email_address_verified, true);
    await members.delete({ organization_id, member_id });
    const back = await members.reactivate({ organization_id, member_id });
    assertReply(back);
    assert.equal(back.member.status, "active");

    const nameless = await members.deleteExternalId({ organization_id, member_id });
    assertReply(nameless);
    assert.equal(nameless.member.external_id, null);
    await members.update({ organization_id, member_id, email_address: "bl@partner.example" });
    const unlinked = await members.unlinkRetiredEmail({
      organization_id,
      member_id,
      email_address: address.email_address,
    });
    assertReply(unlinked);
    assert.deepEqual(unlinked.member.retired_email_addresses, []);
    await members.delete({ organization_id, member_id });
  });

  it("are found", async () => {
    const ids = (reply) => reply.members.map(({ member_id }) => member_id);
    const first = await search([], { limit: 2 });
    assertReply(first);
    assert.equal(first.results_metadata.total, pushed.users.length);
    assert.deepEqual(Object.keys(first.organizations), [organization_id]);
    const rest = await search([], { limit: 2, cursor: first.results_metadata.next_cursor });
    assert.equal(rest.results_metadata.next_cursor, null);
    assert.deepEqual([...ids(first), ...ids(rest)], pushed.users.map(({ id }) => id));

    const grace = pushed.users[1];
    for (const [filter_name, filter_value] of [
      ["member_emails", [grace.email_address]],
      ["member_email_fuzzy", "GRACE@"],
      ["member_ids", [grace.id]],
    ]) {
      assert.deepEqual(ids(await search([{ filter_name, filter_value }])), [grace.id], filter_name);
    }
    const nobody = await search([{ filter_name: "member_emails", filter_value: ["nobody@acme.example"] }]);
    assert.deepEqual([nobody.members, nobody.results_metadata.total], [[], 0]);
  });

  it("are refused", async () => {
    const create = (email_address) => members.create({ organization_id, email_address });
    await assertRefused(create(pushed.users[0].email_address), 400, "duplicate_member_email");
    await assertRefused(create("nonsense"), 400, "invalid_email");
    await assertRefused(members.get({ organization_id }), 400, "invalid_member_get_fields");
    const other = await connect();
    await assertRefused(
      members.get({ organization_id: other.ids.organization_id, member_id: pushed.users[0].id }),
      404, "member_does_not_exist_in_organization");
  });
});
