// The whole life of a SCIM connection, and the groups that come through it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { pushGroup } from "./scim.js";
import {
  assertRefused,
  assertReply,
  client,
  connect,
  createOrganization,
  readAllGroups,
  serverUrl,
  uuid,
} from "./surroundings.js";

describe("a connection", () => {
  it("shows its token once and appears on its organization", async () => {
    const { ids, base, token, connection, works } = await connect({
      display_name: "Acme's Okta",
      identity_provider: "okta",
    });
    assert.match(connection.connection_id, new RegExp(`^scim-connection-test-${uuid}$`));
    assert.match(token, /^[A-Za-z0-9]{48}$/);
    assert.equal(base, `${serverUrl}/v1/b2b/scim/${ids.connection_id}`);
    assert.equal(connection.status, "active");

    const got = await client.scim.connection.get({ organization_id: ids.organization_id });
    assertReply(got);
    assert.equal(got.connection.bearer_token, undefined);
    assert.equal(got.connection.bearer_token_last_four, token.slice(-4));
    assert.equal(got.connection.next_bearer_token_last_four, "");
    assert.equal(got.connection.next_bearer_token_expires_at, null);

    const { organization } = await client.organizations.get({
      organization_id: ids.organization_id,
    });
    assert.equal(organization.scim_active_connection.connection_id, ids.connection_id);
    assert.equal(organization.scim_active_connection.display_name, "Acme's Okta");
    assert.deepEqual(await works(token, token.slice(1)), [true, false]);
  });

  it("of Entra tells the flag in its base URL, and works with it", async () => {
    const { base, token, works } = await connect({ identity_provider: "microsoft-entra" });
    assert.ok(base.endsWith("?aadOptscim062020"));
    assert.deepEqual(await works(token), [true]);
  });

  it("gives all its groups, page by page", async () => {
    const { ids, base, token, push } = await connect();
    assert.deepEqual(await readAllGroups(ids, 20), [[]]);

    const { groups } = await push();
    const expected = groups.map(({ id, name }) => ({ group_id: id, group_name: name, ...ids }));
    assert.match(expected[0].group_id, new RegExp(`^scim-group-test-${uuid}$`));
    for (const [limit, sizes] of [
      [100, [100, 100, 50]],
      [undefined, [100, 100, 50]],
      [0, [100, 100, 50]],
      [1000, [250]],
      [1, Array(250).fill(1)],
    ]) {
      const pages = await readAllGroups(ids, limit);
      assert.deepEqual(pages.map((page) => page.length), sizes);
      assert.deepEqual(pages.flat(), expected);
    }

    // What is pushed later is there at once, kept pages or not.
    const group_id = await pushGroup(base, token, "Late");
    const last = (await readAllGroups(ids, 100)).at(-1);
    assert.deepEqual(last.at(-1), { group_id, group_name: "Late", ...ids });
  });

  it("maps groups to roles", async () => {
    const { ids, base, token } = await connect();
    const group_id = await pushGroup(base, token, "Administrators");
    const assignment = { role_id: "stytch_admin", group_id };
    const reply = await client.scim.connection.update({
      ...ids,
      display_name: "Renamed",
      scim_group_implicit_role_assignments: [assignment, assignment],
    });
    assertReply(reply);
    assert.equal(reply.connection.display_name, "Renamed");
    assert.deepEqual(reply.connection.scim_group_implicit_role_assignments, [
      { ...assignment, group_name: "Administrators" },
    ]);
    const cleared = await client.scim.connection.update({
      ...ids,
      scim_group_implicit_role_assignments: [],
    });
    assert.deepEqual(cleared.connection.scim_group_implicit_role_assignments, []);
    assert.equal(cleared.connection.display_name, "Renamed");

    const refused = (role_id, group) =>
      client.scim.connection.update({
        ...ids,
        scim_group_implicit_role_assignments: [{ role_id, group_id: group }],
      });
    await assertRefused(refused("nobody", group_id), 400, "invalid_rbac_role_id");
    await assertRefused(refused("stytch_member", group_id), 400,
      "cannot_assign_default_rbac_role_id");
    await assertRefused(refused("stytch_admin", "scim-group-test-none"), 400,
      "scim_group_role_assignment_group_does_not_exist");
    await assertRefused(refused("stytch_admin", undefined), 400,
      "scim_group_role_assignment_does_not_contain_group_id");
  });

  it("rotates its token", async () => {
    const { ids, token, works } = await connect();

    const started = await client.scim.connection.rotateStart(ids);
    assertReply(started);
    const next = started.connection.next_bearer_token;
    assert.match(next, /^[A-Za-z0-9]{48}$/);
    assert.deepEqual(await works(token, next), [true, true]);

    const cancelled = await client.scim.connection.rotateCancel(ids);
    assertReply(cancelled);
    assert.deepEqual(await works(token, next), [true, false]);
    await assertRefused(client.scim.connection.rotateComplete(ids), 400,
      "scim_connection_not_rotating_token");

    const again = (await client.scim.connection.rotateStart(ids)).connection.next_bearer_token;
    const replaced = (await client.scim.connection.rotateStart(ids)).connection.next_bearer_token;
    assert.deepEqual(await works(token, again, replaced), [true, false, true]);
    const completed = await client.scim.connection.rotateComplete(ids);
    assertReply(completed);
    assert.equal(completed.connection.bearer_token_last_four, replaced.slice(-4));
    assert.equal(completed.connection.next_bearer_token_last_four, "");
    assert.deepEqual(await works(token, again, replaced), [false, false, true]);
  });

  it("is deleted for good, and makes room for another", async () => {
    const { ids, base, token, works } = await connect();
    await pushGroup(base, token, "Gone");
    const deleted = await client.scim.connection.delete(ids);
    assertReply(deleted);
    assert.equal(deleted.connection_id, ids.connection_id);
    assert.deepEqual(await works(token), [false]);
    await assertRefused(client.scim.connection.getGroups(ids), 404, "no_active_scim_connection");
    await assertRefused(client.scim.connection.delete(ids), 404, "no_active_scim_connection");

    const second = await client.scim.connection.create({ organization_id: ids.organization_id });
    assert.notEqual(second.connection.connection_id, ids.connection_id);
    const groups = await client.scim.connection.getGroups({
      organization_id: ids.organization_id,
      connection_id: second.connection.connection_id,
    });
    assert.deepEqual(groups.scim_groups, []);
  });

  it("is the only active one of its organization", async () => {
    const { ids } = await connect();
    await assertRefused(
      client.scim.connection.create({ organization_id: ids.organization_id }),
      400, "active_scim_connection_exists");
    const organization = await createOrganization();
    const { organization_id } = organization;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => client.scim.connection.create({ organization_id })),
    );
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    for (const { reason } of outcomes.filter(({ status }) => status === "rejected")) {
      assert.equal(reason.error_type, "active_scim_connection_exists");
    }
  });
});
