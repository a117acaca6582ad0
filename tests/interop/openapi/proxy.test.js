// The proxy changes nothing: what clients of all makes send arrives as it was sent.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, beforeEach, it } from "node:test";

import { startProxy } from "./proxy.js";

const answer =
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Twice: 1\r\nX-Twice: 2\r\nContent-Length: 2\r\n\r\n{}";
let upstream;
let proxy;
let received;
let witnessed;

before(async () => {
  upstream = net.createServer((socket) =>
    socket.on("data", (chunk) => {
      received += chunk;
      if (isComplete(received)) socket.write(answer);
    }),
  );
  await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  proxy = await startProxy({ witness: (exchange) => witnessed.push(exchange) });
  proxy.target = `http://127.0.0.1:${upstream.address().port}`;
});
after(async () => {
  await proxy.close();
  upstream.close();
});
beforeEach(() => {
  received = "";
  witnessed = [];
});

function isComplete(text) {
  const [head, body] = text.split("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(head)?.[1] ?? 0;
  return body !== undefined && (/chunked/i.test(head) ? text.endsWith("0\r\n\r\n") : body.length >= length);
}

// Sends bytes, returns what comes back until the proxy closes.
function exchange(text) {
  const { port } = new URL(proxy.url);
  return new Promise((resolve, reject) => {
    let back = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (back += chunk));
    socket.on("end", () => resolve(back));
    socket.on("error", reject);
  });
}

function request(line, headers = [], body = "") {
  const all = ["Host: example.com", ...headers, "Connection: close"];
  return `${line} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n${body}`;
}

// Without the line about the connection, which is the proxy's own.
const arrived = () => received.replace(/Connection: [^\r]*\r\n/i, "");

it("passes paths and headers as they are", async () => {
  const line = "GET //v1/b2b/scim/organization%2Dtest%2D7/connection/?cursor=&limit=100.0";
  const headers = ["X-Stytch-Member-Session: abc", "x-stytch-member-sessionJWT: a.b.c", "Authorization: Basic eA=="];
  const back = await exchange(request(line, headers));
  const expected = request(line, headers).replace("Connection: close\r\n", "");
  assert.equal(arrived().replace("Content-Length: 0\r\n", ""), expected);
  assert.match(back, /^HTTP\/1.1 200 OK\r\n/);
  assert.match(back, /X-Twice: 1\r\nX-Twice: 2\r\n/);
  assert.ok(back.endsWith("\r\n\r\n{}"));
});

for (const method of ["GET", "DELETE", "PUT", "POST"]) {
  it(`passes a body with ${method}`, async () => {
    await exchange(request(`${method} /v1/x`, ["Content-Length: 9"], '{"a": 1} '));
    assert.ok(arrived().startsWith(`${method} /v1/x HTTP/1.1\r\n`));
    assert.ok(received.endsWith('\r\n\r\n{"a": 1} '));
  });

  it(`passes ${method} without a body`, async () => {
    await exchange(request(`${method} /v1/x`, ["Content-Type: application/json"]));
    assert.ok(received.endsWith("\r\n\r\n"));
    assert.doesNotMatch(received, /chunked/);
  });
}

it("shows each exchange to its witness", async () => {
  await exchange(request("POST /v1/x?y=z", ["Content-Length: 2"], "{}"));
  assert.deepEqual(witnessed, [
    {
      method: "POST",
      target: "/v1/x?y=z",
      status: 200,
      contentType: "application/json",
      body: Buffer.from("{}"),
    },
  ]);
});
