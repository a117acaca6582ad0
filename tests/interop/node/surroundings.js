// What every test of the story starts from: a client, the world around it, a success and a refusal.
import assert from "node:assert/strict";

import stytch from "stytch";

const setting = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set; start these tests with ./run`);
  return process.env[name];
};

export const serverUrl = setting("STORY_SERVER");
export const projectId = setting("STORY_PROJECT_ID");
export const secret = setting("STORY_SECRET");
export const profileId = setting("STORY_PROFILE_ID");
const world = setting("STORY_WORLD");

export const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

export function clientWith(changes = {}) {
  // `env` takes any URL; `custom_base_url` is for https.
  return new stytch.B2BClient({ project_id: projectId, secret, env: serverUrl, ...changes });
}

export const client = clientWith();

export async function askWorld(call, fields) {
  const answer = await fetch(`${world}/${call}`, { method: "POST", body: JSON.stringify(fields) });
  if (answer.status !== 200) throw new Error(await answer.text());
  return answer.json();
}

// What every success has.
export function assertReply(reply) {
  assert.equal(reply.status_code, 200);
  assert.match(reply.request_id, new RegExp(`^request-id-(test|live)-${uuid}$`));
}

export async function assertRefused(promise, status, type) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof stytch.StytchError, String(error));
    assert.equal(error.error_type, type, error.message);
    assert.equal(error.status_code, status);
    assert.match(error.request_id, /^request-id-(test|live)-/);
    assert.ok(error.error_message.length > 0);
    assert.equal(error.error_url, `${serverUrl}/docs/errors#${type}`);
    return true;
  });
}

export async function createOrganization(fields = {}) {
  const reply = await client.organizations.create({ organization_name: "Acme", ...fields });
  assertReply(reply);
  return reply.organization;
}

/// A new organization with a connection: ids for calls, what the provider is given, which tokens work.
export async function connect(fields = { identity_provider: "okta" }) {
  const { organization_id } = await createOrganization();
  const reply = await client.scim.connection.create({ organization_id, ...fields });
  assertReply(reply);
  const { connection } = reply;
  const { connection_id, base_url, bearer_token } = connection;
  return {
    ids: { organization_id, connection_id },
    base: base_url,
    token: bearer_token,
    connection,
    push: () => askWorld("push", { base_url, bearer_token }),
    works: (...tokens) =>
      Promise.all(
        tokens.map(async (one) => {
          const { status } = await askWorld("probe", { base_url, bearer_token: one });
          return status === 200;
        }),
      ),
  };
}

/// A session of a member, as their login page would start it.
export async function attest(organization_id, email_address) {
  const { token } = await askWorld("token", { email_address });
  return client.sessions.attest({ profile_id: profileId, organization_id, token });
}

/// Every group of a connection, as a list of pages.
export async function readAllGroups(ids, limit, options) {
  const pages = [];
  let cursor;
  do {
    const page = await client.scim.connection.getGroups({ ...ids, limit, cursor }, options);
    assertReply(page);
    pages.push(page.scim_groups);
    cursor = page.next_cursor ?? undefined;
    assert.ok(pages.length <= 1000, "the pages do not end");
  } while (cursor !== undefined);
  return pages;
}
