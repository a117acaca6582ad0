// A live project works exactly like a test project. Run by itself, since a story has one project.
import assert from "node:assert/strict";
import { it } from "node:test";

import { pushGroup } from "./scim.js";
import { connect, uuid } from "./surroundings.js";

it("has ids of its own kind", async () => {
  const { ids, base, token } = await connect();
  assert.match(ids.organization_id, new RegExp(`^organization-live-${uuid}$`));
  assert.match(ids.connection_id, new RegExp(`^scim-connection-live-${uuid}$`));
  assert.match(await pushGroup(base, token, "Team"), new RegExp(`^scim-group-live-${uuid}$`));
});
