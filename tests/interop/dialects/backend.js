// Sends calls in a dialect, byte for byte as that SDK would.
import assert from "node:assert/strict";
import http from "node:http";

import { write } from "./dialects.js";

const setting = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set; start these tests with ./run`);
  return process.env[name];
};

const server = new URL(setting("STORY_SERVER"));
export const projectId = setting("STORY_PROJECT_ID");
const credentials = `${projectId}:${setting("STORY_SECRET")}`;
const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;

export async function askWorld(call, fields) {
  const url = `${setting("STORY_WORLD")}/${call}`;
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(fields) });
  if (answer.status !== 200) throw new Error(await answer.text());
  return answer.json();
}

// fetch() sends no body with GET and tidies paths, so this is the plain client.
function exchange({ method, target, headers, text }) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: server.hostname, port: server.port, method, path: target, headers },
      async (response) => {
        const chunks = await response.toArray();
        resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

/// A backend with the SDK of a dialect.
export class Backend {
  constructor(dialect) {
    this.dialect = dialect;
  }

  async send(call) {
    const { target, headers, text } = write(this.dialect, call);
    const answer = await exchange({
      method: call.method,
      target,
      headers: { ...headers, Authorization: authorization },
      text,
    });
    assert.equal(answer.body.status_code, answer.status);
    assert.match(answer.body.request_id, /^request-id-test-/);
    return answer;
  }

  /// The body of a success, which is always a 200.
  async ok(call) {
    const { status, body } = await this.send(call);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  async refused(call, status, type) {
    const answer = await this.send(call);
    assert.deepEqual([answer.status, answer.body.error_type], [status, type], answer.body.error_message);
  }
}
