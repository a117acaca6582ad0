// What is refused, as errors of the client's own type.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { pushGroup } from "./scim.js";
import {
  assertRefused,
  client,
  clientWith,
  connect,
  createOrganization,
  secret,
} from "./surroundings.js";

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
      clientWith(changes).organizations.get({ organization_id: "acme" });
    await assertRefused(get({ secret: "secret-test-wrong" }), 401, "unauthorized_credentials");
    await assertRefused(get({ secret: `${secret}x` }), 401, "unauthorized_credentials");
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

  it("of member sessions", async () => {
    const using = (authorization) => getGroups({}, { authorization });
    await assertRefused(using({ session_token: "short" }), 400, "invalid_session_token");
    await assertRefused(using({ session_token: "a".repeat(44) }), 404, "session_not_found");
    await assertRefused(using({ session_jwt: "a.b.c" }), 400, "unable_to_parse_session_jwt");
    await assertRefused(
      using({ session_token: "a".repeat(44), session_jwt: "a.b.c" }),
      400, "too_many_session_arguments");
    assert.equal((await using({ session_token: "" })).status_code, 200);
  });
});
