// The same calls in the words of every SDK have the same effect.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { askWorld, Backend, projectId } from "./backend.js";
import {
  createConnection,
  createMember,
  createOrganization,
  deleteConnection,
  deleteMember,
  deleteOrganization,
  getConnection,
  getGroups,
  getKeys,
  getMember,
  getMemberAnywhere,
  getOrganization,
  rotate,
  searchMembers,
  updateConnection,
  updateMember,
  updateOrganization,
} from "./calls.js";
import { dialects, write } from "./dialects.js";

describe("a dialect", () => {
  const written = (name, call) => write(dialects[name], call);

  it("writes what its SDK was seen to write", () => {
    const groups = getGroups({ organization_id: "a-b", connection_id: "c" });
    const hundred = getGroups({ organization_id: "a-b", connection_id: "c" }, { limit: 100 });
    assert.equal(written("Go", groups).target, "/v1/b2b/scim/a-b/connection/c?limit=0");
    assert.equal(written("Ruby", groups).target, "/v1/b2b/scim/a-b/connection/c");
    assert.equal(
      written("Java", hundred).target,
      "//v1/b2b/scim/a-b/connection/c?organization_id=a-b&connection_id=c&limit=100.0");
    assert.equal(
      written("Rust", hundred).target,
      "/v1/b2b/scim/a%2Db/connection/c?organization_id=a-b&connection_id=c&limit=100");
    assert.equal(written("Rust", hundred).text, "{}");
  });

  it("has its own idea of what was not given", () => {
    const connection = createConnection("a", { identity_provider: "okta" });
    assert.equal(written("PHP", connection).text, '{"display_name":null,"identity_provider":"okta"}');
    assert.equal(written("PHP", rotate({ organization_id: "a", connection_id: "c" }, "start")).text, "");
    assert.equal(
      written("PHP", createOrganization({ trusted_metadata: {} })).text.includes('"trusted_metadata":[]'), true);
    assert.equal(written("Java", createOrganization({})).text.includes('"email_allowed_domains":[]'), true);
    assert.equal(written(".NET", connection).headers["Content-Type"], "application/json; charset=utf-8");
    assert.equal(written(".NET", deleteConnection({ organization_id: "a", connection_id: "c" })).text,
      '{"organization_id":"a","connection_id":"c"}');
  });
});

// What an SDK's user has: an organization of their own, and a customer's directory that all share.
const shared = {};

before(async () => {
  const backend = new Backend(dialects.Ruby);
  const { organization } = await backend.ok(createOrganization({ organization_name: "Acme" }));
  const { organization_id } = organization;
  const { connection } = await backend.ok(createConnection(organization_id));
  const { connection_id, base_url, bearer_token } = connection;
  shared.ids = { organization_id, connection_id };
  shared.groups = (await askWorld("push", { base_url, bearer_token })).groups;
});

for (const [name, dialect] of Object.entries(dialects)) {
  const backend = new Backend(dialect);
  const handle = name.toLowerCase().replace(".", "");

  describe(name, () => {
    it("keeps organizations", async () => {
      const { organization } = await backend.ok(
        createOrganization({
          organization_name: "Blue Büro GmbH",
          organization_slug: `blue.${handle}~1`,
          organization_external_id: `crm-${handle}_7`,
          trusted_metadata: { plan: "gold" },
          claimed_email_domains: ["Blue.example"],
        }),
      );
      // Empty lists are not settings: without any, everybody may be invited.
      assert.equal(organization.email_invites, "ALL_ALLOWED");
      assert.deepEqual(organization.claimed_email_domains, ["blue.example"]);

      for (const id of [organization.organization_id, `blue.${handle}~1`, `crm-${handle}_7`]) {
        assert.deepEqual((await backend.ok(getOrganization(id))).organization, organization);
      }

      const { organization: updated } = await backend.ok(
        updateOrganization(organization.organization_id, {
          organization_name: "Blue",
          trusted_metadata: {},
          claimed_email_domains: ["blue.example"],
        }),
      );
      const { updated_at } = updated;
      assert.deepEqual(updated, { ...organization, organization_name: "Blue", updated_at });

      const deleted = await backend.ok(deleteOrganization(organization.organization_id));
      assert.equal(deleted.organization_id, organization.organization_id);
      await backend.refused(getOrganization(`blue.${handle}~1`), 404, "organization_not_found");
    });

    it("reads groups", async () => {
      for (const limit of [undefined, 100]) {
        const groups = [];
        let cursor;
        do {
          const page = await backend.ok(getGroups(shared.ids, { limit, cursor }));
          groups.push(...page.scim_groups.map(({ group_id, group_name }) => ({ id: group_id, name: group_name })));
          cursor = page.next_cursor ?? undefined;
        } while (cursor !== undefined);
        assert.deepEqual(groups, shared.groups);
      }
      await backend.refused(getGroups(shared.ids, { limit: 1001 }), 400, "user_search_invalid_limit");
    });

    it("gives roles to groups", async () => {
      const assignment = { role_id: "stytch_admin", group_id: shared.groups[0].id, group_name: "" };
      const assigned = await backend.ok(
        updateConnection(shared.ids, { display_name: name, scim_group_implicit_role_assignments: [assignment] }),
      );
      assert.deepEqual(assigned.connection.scim_group_implicit_role_assignments, [
        { ...assignment, group_name: "Administrators" },
      ]);
      const cleared = await backend.ok(updateConnection(shared.ids, { scim_group_implicit_role_assignments: [] }));
      assert.deepEqual(cleared.connection.scim_group_implicit_role_assignments, []);
      assert.equal(cleared.connection.display_name, name);
      assert.equal(cleared.connection.identity_provider, "generic");
    });

    it("makes, rotates and deletes connections", async () => {
      const { organization } = await backend.ok(createOrganization({ organization_name: `Acme ${name}` }));
      const { organization_id } = organization;
      // Java and Rust have no hyphen in it.
      const identity_provider = ["Java", "Rust"].includes(name) ? "microsoftentra" : "microsoft-entra";
      const { connection } = await backend.ok(createConnection(organization_id, { identity_provider }));
      const { connection_id, base_url, bearer_token } = connection;
      assert.equal(connection.identity_provider, "microsoft-entra");
      assert.equal(connection.display_name, "");
      const ids = { organization_id, connection_id };
      const statuses = (...tokens) =>
        Promise.all(tokens.map(async (token) => (await askWorld("probe", { base_url, bearer_token: token })).status));

      const cancelled = (await backend.ok(rotate(ids, "start"))).connection.next_bearer_token;
      await backend.ok(rotate(ids, "cancel"));
      const following = (await backend.ok(rotate(ids, "start"))).connection.next_bearer_token;
      await backend.ok(rotate(ids, "complete"));
      await backend.refused(rotate(ids, "complete"), 400, "scim_connection_not_rotating_token");
      assert.deepEqual(await statuses(bearer_token, cancelled, following), [401, 401, 200]);

      const got = await backend.ok(getConnection(organization_id));
      assert.equal(got.connection.bearer_token_last_four, following.slice(-4));
      assert.equal((await backend.ok(deleteConnection(ids))).connection_id, connection_id);
      await backend.refused(getConnection(organization_id), 404, "no_active_scim_connection");
    });

    it("keeps members", async () => {
      const { organization_id } = shared.ids;
      const email_address = `${handle}@partner.example`;
      const { member, member_id } = await backend.ok(
        createMember(organization_id, {
          email_address,
          external_id: `crm-${handle}_7`,
          trusted_metadata: {},
          untrusted_metadata: { theme: "dark" },
        }),
      );
      assert.equal(member.name, "");
      assert.deepEqual(member.trusted_metadata, {});
      for (const reference of [{ member_id }, { member_id: `crm-${handle}_7` }, { email_address }]) {
        assert.deepEqual((await backend.ok(getMember(organization_id, reference))).member, member);
      }

      const ids = { organization_id, member_id };
      const updated = await backend.ok(updateMember(ids, { name, untrusted_metadata: {} }));
      assert.equal(updated.member.name, name);
      assert.deepEqual(updated.member.untrusted_metadata, { theme: "dark" });

      const query = { operator: "AND", operands: [{ filter_name: "member_emails", filter_value: [email_address] }] };
      const found = await backend.ok(searchMembers([organization_id], { query }));
      assert.deepEqual(found.members, [updated.member]);
      assert.equal((await backend.ok(searchMembers([organization_id], { limit: 1 }))).members.length, 1);

      assert.equal((await backend.ok(deleteMember(ids))).member_id, member_id);
      const { status } = (await backend.ok(getMemberAnywhere(member_id, true))).member;
      assert.equal(status, "deleted");
      await backend.refused(getMemberAnywhere(member_id, false), 404, "member_not_found");
    });

    it("fetches the keys of sessions", async () => {
      const { keys } = await backend.ok(getKeys(projectId));
      assert.deepEqual(keys.map(({ alg }) => alg), keys.map(() => "RS256"));
      assert.ok(keys.length > 0);
    });
  });
}
