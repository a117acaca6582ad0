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

  it("are searched, page by page", async () => {
    const made = [];
    for (const color of ["amber", "beige", "coral"]) {
      made.push(await createOrganization({
        organization_name: `Search ${color}`,
        organization_slug: `search-${color}`,
        email_allowed_domains: [`${color}.example`],
      }));
    }
    const [amber, beige] = made;
    const query = {
      operator: "AND",
      operands: [{ filter_name: "organization_slug_fuzzy", filter_value: "search-" }],
    };
    const found = [];
    let cursor;
    do {
      const page = await client.organizations.search({ query, limit: 2, cursor });
      assertReply(page);
      assert.equal(page.results_metadata.total, 3);
      found.push(...page.organizations);
      cursor = page.results_metadata.next_cursor;
    } while (cursor);
    assert.deepEqual(found, made);

    await client.organizations.members.create({
      organization_id: beige.organization_id, email_address: "Bea@beige.example",
    });
    const slugs = async (filter_name, filter_value) => {
      const operands = [...query.operands, { filter_name, filter_value }];
      const page = await client.organizations.search({ query: { operator: "AND", operands } });
      assertReply(page);
      return page.organizations.map((organization) => organization.organization_slug);
    };
    assert.deepEqual(await slugs("organization_ids", [amber.organization_id]), ["search-amber"]);
    assert.deepEqual(await slugs("organization_slugs", ["search-coral", "none"]), ["search-coral"]);
    assert.deepEqual(await slugs("organization_name_fuzzy", "CH AMB"), ["search-amber"]);
    assert.deepEqual(await slugs("member_emails", ["bea@beige.example"]), ["search-beige"]);
    assert.deepEqual(await slugs("member_email_fuzzy", "bea@"), ["search-beige"]);
    assert.deepEqual(await slugs("allowed_domains", ["coral.example"]), ["search-coral"]);
    assert.deepEqual(await slugs("allowed_domain_fuzzy", "amber.ex"), ["search-amber"]);
    assert.deepEqual(await slugs("claimed_email_domains", ["coral.example"]), []);
    assert.deepEqual(await slugs("has_active_sso_connection", true), []);
    assert.deepEqual(await slugs("sso_connection_id", "saml-connection-1"), []);
    await assertRefused(slugs("color", "red"), 400, "organization_search_filter_name_not_recognized");
    await assertRefused(
      slugs("organization_name_fuzzy", "ab"), 400,
      "organization_search_organization_name_fuzzy_too_short");
  });

  it("tell how many members they have, and give up their external id", async () => {
    const { organization_id } = await createOrganization({ organization_external_id: "crm|green" });
    for (const name of ["gia", "guy", "gus"]) {
      await client.organizations.members.create({
        organization_id, email_address: `${name}@green.example`,
      });
    }
    const { members } = await client.organizations.members.search({ organization_ids: [organization_id] });
    await client.organizations.members.delete({ organization_id, member_id: members[0].member_id });
    const metrics = await client.organizations.metrics({ organization_id: "crm|green" });
    assertReply(metrics);
    assert.equal(metrics.member_count, 2);

    const { connected_apps } = await client.organizations.connectedApps({ organization_id });
    assert.deepEqual(connected_apps, []);

    const reply = await client.organizations.deleteExternalId({ organization_id: "crm|green" });
    assertReply(reply);
    assert.equal(reply.organization.organization_external_id, null);
    await assertRefused(
      client.organizations.get({ organization_id: "crm|green" }), 404, "organization_not_found");
  });
});
