// Policies of roles with the official client, and the call that changes a project's.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import {
  assertRefused, assertReply, client, createOrganization, projectId, secret, serverUrl,
} from "./surroundings.js";

const document = {
  resource_id: "document", description: "What people write", available_actions: ["read", "write"],
};
const role = (role_id, actions = ["read"]) => ({
  role_id, description: "", permissions: [{ resource_id: "document", actions }],
});

// Stytch has no such call, so the client has none.
async function callProjectPolicy(method, body) {
  const answer = await fetch(`${serverUrl}/v1/rollcall/rbac/policy`, {
    method,
    headers: {
      Authorization: `Basic ${btoa(`${projectId}:${secret}`)}`,
      "Content-Type": "application/json",
    },
    body: body && JSON.stringify(body),
  });
  return answer.json();
}
const putProjectPolicy = (policy) => callProjectPolicy("PUT", { policy });

const ids = (roles) => roles.map((one) => one.role_id);

describe("the policy of a project", () => {
  it("is the default one while the project adds nothing", async () => {
    assert.equal((await putProjectPolicy({})).status_code, 200);
    const reply = await client.rbac.policy();
    assertReply(reply);
    const { policy } = reply;
    assert.deepEqual(ids(policy.roles), ["stytch_member", "stytch_admin"]);
    assert.deepEqual(policy.roles[0].permissions, [{ resource_id: "stytch.self", actions: ["*"] }]);
    assert.ok(policy.resources.every((resource) => resource.actions.length > 0));
    assert.deepEqual(policy.scopes, []);
  });

  it("holds what the project adds", async () => {
    const reply = await putProjectPolicy({
      custom_resources: [document],
      custom_roles: [role("editor", ["*"])],
      stytch_member: { permissions: [{ resource_id: "document", actions: ["read"] }] },
    });
    assert.equal(reply.status_code, 200, JSON.stringify(reply));
    assert.deepEqual((await callProjectPolicy("GET")).policy, reply.policy);
    const { policy } = await client.rbac.policy();
    assert.deepEqual(policy.roles.at(-1), role("editor", ["*"]));
    assert.equal(policy.roles[0].permissions.length, 2);
    assert.deepEqual(policy.resources.at(-1), {
      resource_id: "document", description: "What people write", actions: ["read", "write"],
    });
    const refused = await putProjectPolicy({ custom_roles: [role("viewer", ["burn"])] });
    assert.equal(refused.error_type, "invalid_rbac_custom_role");
    assert.deepEqual((await client.rbac.policy()).policy, policy);
  });
});

describe("the policy of an organization", () => {
  before(() => putProjectPolicy({ custom_resources: [document], custom_roles: [role("editor")] }));

  it("is read and replaced", async () => {
    const { organization_id, organization_slug } = await createOrganization();
    const empty = await client.rbac.organizations.getOrgPolicy({ organization_id });
    assert.deepEqual(empty.org_policy, { roles: [] });
    const org_policy = { roles: [role("auditor"), role("boss", ["*"])] };
    const set = await client.rbac.organizations.setOrgPolicy({
      organization_id: organization_slug, org_policy,
    });
    assertReply(set);
    assert.deepEqual(set.org_policy, org_policy);
    const read = await client.rbac.organizations.getOrgPolicy({ organization_id });
    assert.deepEqual(read.org_policy, org_policy);
    const { organization } = await client.organizations.get({ organization_id });
    assert.deepEqual(organization.custom_roles, org_policy.roles);
  });

  it("names its roles for assignments", async () => {
    const { organization_id } = await createOrganization();
    const assign = (role_id) =>
      client.organizations.update({
        organization_id,
        rbac_email_implicit_role_assignments: [{ domain: "acme.example", role_id }],
      });
    await assertRefused(assign("auditor"), 400, "invalid_rbac_role_id");
    await client.rbac.organizations.setOrgPolicy({
      organization_id, org_policy: { roles: [role("auditor")] },
    });
    const { organization } = await assign("auditor");
    assert.deepEqual(organization.rbac_email_implicit_role_assignments, [
      { domain: "acme.example", role_id: "auditor" },
    ]);
  });

  it("is refused where it clashes", async () => {
    const { organization_id } = await createOrganization();
    const set = (...roles) =>
      client.rbac.organizations.setOrgPolicy({ organization_id, org_policy: { roles } });
    await assertRefused(set(role("editor")), 400, "rbac_role_duplicate");
    await assertRefused(set(role("stytch_admin")), 400, "invalid_rbac_stytch_role_edit");
    await assertRefused(set(role("auditor", ["burn"])), 400, "invalid_rbac_custom_role");
    await assertRefused(
      client.rbac.organizations.getOrgPolicy({ organization_id: "no-such-slug" }),
      404, "organization_not_found");
    const read = await client.rbac.organizations.getOrgPolicy({ organization_id });
    assert.deepEqual(read.org_policy, { roles: [] });
  });
});
