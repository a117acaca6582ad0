// A developer's backend with the official client: the whole life of a SCIM connection.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import stytch from "stytch";

import { probe, pushGroup, replay } from "./scim.js";
import { startServer } from "./server.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const replays = process.env.ROLLCALL_REPLAYS ?? path.resolve(here, "../../replay");
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

let server;
let client;

before(async () => {
  server = await startServer();
  client = clientFor(server);
});
after(() => server?.stop());

function clientFor({ url, projectId, secret }, changes = {}) {
  return new stytch.B2BClient({ project_id: projectId, secret, env: url, ...changes });
}

// What every success has.
function assertReply(reply) {
  assert.equal(reply.status_code, 200);
  assert.match(reply.request_id, new RegExp(`^request-id-test-${uuid}$`));
}

async function assertRefused(promise, status, type) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof stytch.StytchError, String(error));
    assert.equal(error.error_type, type, error.message);
    assert.equal(error.status_code, status);
    assert.match(error.request_id, /^request-id-(test|live)-/);
    assert.ok(error.error_message.length > 0);
    assert.equal(error.error_url, `${server.url}/docs/errors#${type}`);
    return true;
  });
}

async function createOrganization(fields = {}) {
  const reply = await client.organizations.create({ organization_name: "Acme", ...fields });
  assertReply(reply);
  return reply.organization;
}

// A new organization with a connection: ids for calls, base URL and token for the provider.
async function connect(fields = { identity_provider: "okta" }) {
  const organization = await createOrganization();
  const organization_id = organization.organization_id;
  const reply = await client.scim.connection.create({ organization_id, ...fields });
  assertReply(reply);
  const { connection } = reply;
  return {
    ids: { organization_id, connection_id: connection.connection_id },
    base: connection.base_url,
    token: connection.bearer_token,
    connection,
  };
}

async function readAllGroups(ids, limit) {
  const pages = [];
  let cursor;
  do {
    const page = await client.scim.connection.getGroups({ ...ids, limit, cursor });
    assertReply(page);
    pages.push(page.scim_groups);
    cursor = page.next_cursor ?? undefined;
    assert.ok(pages.length <= 100, "the pages do not end");
  } while (cursor !== undefined);
  return pages;
}

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

describe("a connection", () => {
  it("shows its token once and appears on its organization", async () => {
    const { ids, base, token, connection } = await connect({
      display_name: "Acme's Okta",
      identity_provider: "okta",
    });
    assert.match(connection.connection_id, new RegExp(`^scim-connection-test-${uuid}$`));
    assert.match(token, /^[A-Za-z0-9]{48}$/);
    assert.equal(base, `${server.url}/v1/b2b/scim/${ids.connection_id}`);
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
    assert.equal(await probe(base, token), 200);
    assert.equal(server.log().includes(token), false);
  });

  it("of Entra tells the flag in its base URL, and works with it", async () => {
    const { base, token } = await connect({ identity_provider: "microsoft-entra" });
    assert.ok(base.endsWith("?aadOptscim062020"));
    assert.equal(await probe(base.split("?")[0], token), 200);
  });

  it("gives all its groups, page by page", async () => {
    const { ids, base, token } = await connect();
    assert.deepEqual(await readAllGroups(ids, 20), [[]]);

    const expected = [];
    for (let i = 1; i <= 45; ++i) {
      const group_name = `Team ${i}: "R&D" – süd`;
      const group_id = await pushGroup(base, token, group_name);
      assert.match(group_id, new RegExp(`^scim-group-test-${uuid}$`));
      expected.push({ group_id, group_name, ...ids });
    }
    const pages = await readAllGroups(ids, 20);
    assert.deepEqual(pages.map((page) => page.length), [20, 20, 5]);
    assert.deepEqual(pages.flat(), expected);
    assert.deepEqual((await readAllGroups(ids, undefined)).flat(), expected);
    assert.deepEqual((await readAllGroups(ids, 0)).flat(), expected);
    assert.equal((await readAllGroups(ids, 1)).length, 45);

    // What is pushed later is there at once, kept pages or not.
    const group_id = await pushGroup(base, token, "Late");
    const last = (await readAllGroups(ids, 20)).at(-1);
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
    const { ids, base, token } = await connect();
    const works = async (...tokens) =>
      Promise.all(tokens.map(async (one) => (await probe(base, one)) === 200));

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
    const { ids, base, token } = await connect();
    await pushGroup(base, token, "Gone");
    const deleted = await client.scim.connection.delete(ids);
    assertReply(deleted);
    assert.equal(deleted.connection_id, ids.connection_id);
    assert.equal(await probe(base, token), 401);
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

describe("what Okta pushes", async () => {
  const folder = path.join(replays, "okta");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  assert.ok(files.length > 0, `no conversations in ${folder}`);
  for (const file of files) {
    it(`passes: ${file}`, async () => {
      const { ids, base, token } = await connect();
      assert.ok((await replay(path.join(folder, file), base, token)) > 0);
      // Whatever was pushed, the client can read the groups of the connection.
      for (const group of (await readAllGroups(ids, 20)).flat()) {
        assert.equal(group.connection_id, ids.connection_id);
        assert.ok(group.group_name.length > 0);
      }
    });
  }

  it("is what the client reads", async () => {
    const { ids, base, token } = await connect();
    await replay(path.join(folder, "03-group-push.json"), base, token);
    const before = (await readAllGroups(ids, 20)).flat();
    const group_id = await pushGroup(base, token, "One more");
    assert.deepEqual((await readAllGroups(ids, 20)).flat(), [
      ...before,
      { group_id, group_name: "One more", ...ids },
    ]);
  });
});

describe("refusals", () => {
  let connected;
  before(async () => {
    connected = await connect();
    for (let i = 0; i < 3; ++i) await pushGroup(connected.base, connected.token, `Group ${i}`);
  });
  const getGroups = (changes, options) =>
    client.scim.connection.getGroups({ ...connected.ids, ...changes }, options);

  it("of credentials", async () => {
    const get = (changes) =>
      clientFor(server, changes).organizations.get({ organization_id: "acme" });
    await assertRefused(get({ secret: "secret-test-wrong" }), 401, "unauthorized_credentials");
    await assertRefused(get({ secret: `${server.secret}x` }), 401, "unauthorized_credentials");
    await assertRefused(get({ secret: "nonsense" }), 400, "invalid_secret_authentication");
    await assertRefused(get({ project_id: "nonsense" }), 400, "invalid_project_id_authentication");
    await assertRefused(
      get({ project_id: "project-test-11111111-1111-4111-8111-111111111111" }),
      401, "unauthorized_credentials");
  });

  it("of unknown organizations and connections", async () => {
    const stranger = "organization-test-11111111-1111-4111-8111-111111111111";
    await assertRefused(getGroups({ organization_id: stranger }), 404, "organization_not_found");
    await assertRefused(getGroups({ organization_id: "no-such-slug" }), 404,
      "organization_not_found");
    await assertRefused(getGroups({ organization_id: "not legal/at all" }), 400,
      "invalid_organization_id");
    await assertRefused(
      getGroups({ organization_id: "organization-live-11111111-1111-4111-8111-111111111111" }),
      400, "live_id_used_in_test_environment");
    await assertRefused(
      getGroups({ connection_id: "scim-connection-test-11111111-1111-4111-8111-111111111111" }),
      404, "no_active_scim_connection");
    const other = await connect();
    await assertRefused(getGroups({ connection_id: other.ids.connection_id }), 404,
      "no_active_scim_connection");
    const lone = await createOrganization();
    await assertRefused(
      client.scim.connection.get({ organization_id: lone.organization_id }),
      404, "no_active_scim_connection");
  });

  it("of limits and cursors", async () => {
    for (const limit of [1001, -1, 1.5]) {
      await assertRefused(getGroups({ limit }), 400, "user_search_invalid_limit");
    }
    const { next_cursor: cursor } = await getGroups({ limit: 1 });
    assert.match(cursor, /^[A-Za-z0-9_-]+$/);
    const last = cursor.endsWith("A") ? "B" : "A";
    for (const bad of ["nonsense", cursor.slice(1), `${cursor}A`, cursor.slice(0, -1) + last]) {
      await assertRefused(getGroups({ cursor: bad }), 400, "user_search_invalid_cursor");
    }
    const other = await connect();
    await assertRefused(getGroups({ ...other.ids, cursor }), 400, "user_search_invalid_cursor");
    assert.equal((await getGroups({ cursor })).scim_groups.length, 2);
  });

  it("of bad fields", async () => {
    const { organization_id } = await createOrganization();
    const create = (fields) => client.scim.connection.create({ organization_id, ...fields });
    await assertRefused(create({ identity_provider: "nobody" }), 400, "invalid_scim_idp");
    await assertRefused(create({ display_name: "x".repeat(129) }), 400, "invalid_display_name");
    await assertRefused(create({ display_name: 7 }), 400, "invalid_request_value");
    const organize = (fields) =>
      client.organizations.create({ organization_name: "A", ...fields });
    await assertRefused(organize({ organization_name: "" }), 400, "organization_name_missing");
    await assertRefused(organize({ organization_slug: "?" }), 400, "invalid_organization_slug");
    await assertRefused(organize({ email_allowed_domains: ["gmail.com"] }), 400,
      "organization_settings_domain_too_common");
    await assertRefused(organize({ mfa_policy: "NEVER" }), 400, "invalid_organization_mfa_policy");
  });

  it("of member sessions, which do not exist yet", async () => {
    const using = (authorization) => getGroups({}, { authorization });
    await assertRefused(using({ session_token: "short" }), 400, "invalid_session_token");
    await assertRefused(using({ session_token: "a".repeat(44) }), 404, "session_not_found");
    await assertRefused(using({ session_jwt: "a.b.c" }), 400, "unable_to_parse_session_jwt");
    await assertRefused(
      using({ session_token: "a".repeat(44), session_jwt: "a.b.c" }),
      400, "too_many_session_arguments");
    assert.equal((await using({ session_token: "" })).status_code, 200);
  });

  it("of endpoints that are not there", async () => {
    await assertRefused(
      client.organizations.search({}), 404, "route_not_found");
  });
});

describe("a live project", () => {
  it("works exactly like a test project", async () => {
    const live = await startServer({ environment: "live" });
    try {
      const backend = clientFor(live);
      const { organization } = await backend.organizations.create({ organization_name: "Acme" });
      assert.match(organization.organization_id, /^organization-live-/);
      const reply = await backend.scim.connection.create({
        organization_id: organization.organization_id,
      });
      assert.match(reply.connection.connection_id, /^scim-connection-live-/);
      assert.match(reply.request_id, /^request-id-live-/);
      const { base_url, bearer_token } = reply.connection;
      assert.match(await pushGroup(base_url, bearer_token, "Team"), /^scim-group-live-/);
    } finally {
      await live.stop();
    }
  });
});
