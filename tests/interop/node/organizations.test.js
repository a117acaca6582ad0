// Organizations, as a backend keeps its customers.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { assertRefused, assertReply, client, createOrganization, uuid } from "./surroundings.js";

describe("organizations", () => {
  it("are created, read by id, slug and external id, updated and deleted", async () => {
    const organization = await createOrganization({
      organization_name: "Blue Büro GmbH",
      organization_slug: "blue",
      organization_external_id: "crm|blue",
      trusted_metadata: { plan: "gold", seats: 3 },
      email_allowed_domains: ["Blue.example"],
    });
    assert.match(organization.organization_id, new RegExp(`^organization-test-${uuid}$`));
    assert.deepEqual(organization.email_allowed_domains, ["blue.example"]);
    assert.equal(organization.email_invites, "NOT_ALLOWED");
    assert.equal(organization.scim_active_connection, null);
    assert.match(organization.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    for (const organization_id of [organization.organization_id, "blue", "crm|blue"]) {
      const reply = await client.organizations.get({ organization_id });
      assertReply(reply);
      assert.deepEqual(reply.organization, organization);
    }

    const updated = await client.organizations.update({
      organization_id: "blue",
      organization_name: "Blue",
      trusted_metadata: { plan: null, region: "eu" },
    });
    assertReply(updated);
    assert.equal(updated.organization.organization_name, "Blue");
    assert.equal(updated.organization.organization_slug, "blue");
    assert.deepEqual(updated.organization.trusted_metadata, { seats: 3, region: "eu" });

    const deleted = await client.organizations.delete({ organization_id: "crm|blue" });
    assertReply(deleted);
    assert.equal(deleted.organization_id, organization.organization_id);
    await assertRefused(
      client.organizations.get({ organization_id: "blue" }), 404, "organization_not_found");
  });

  it("keep slugs unique and make them from names", async () => {
    const first = await createOrganization({ organization_name: "Two of a Kind" });
    const second = await createOrganization({ organization_name: "Two of a Kind" });
    assert.equal(first.organization_slug, "two-of-a-kind");
    assert.match(second.organization_slug, /^two-of-a-kind-/);
    await assertRefused(
      client.organizations.create({ organization_name: "A", organization_slug: "two-of-a-kind" }),
      400, "organization_slug_already_used");
  });
});
