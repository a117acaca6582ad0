// What Okta pushes, conversation by conversation, is what the client reads.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";

import { pushGroup, replay } from "./scim.js";
import { connect, readAllGroups } from "./surroundings.js";

describe("what Okta pushes", async () => {
  const folder = path.join(process.env.ROLLCALL_REPLAYS, "okta");
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
