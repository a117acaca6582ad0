// A reverse proxy that changes nothing and shows every exchange to a witness.
import http from "node:http";

// They belong to one connection and not to the message (RFC 9110, section 7.6.1).
const perConnection = new Set(["connection", "keep-alive"]);
const perConnectionAnswer = new Set([...perConnection, "transfer-encoding"]);

/// Listens at `host` and `port` (0 picks one). Set `target`, a URL, before the first request comes.
/// witness({ method, target, status, contentType, body }) is called before the client has its answer.
export async function startProxy({ host = "127.0.0.1", port = 0, witness }) {
  const agent = new http.Agent({ keepAlive: true });
  const proxy = { url: undefined, target: undefined, close };
  const server = http.createServer((request, response) => {
    forward(request, proxy.target, agent)
      .then((answer) => {
        witness({
          method: request.method,
          target: request.url,
          status: answer.status,
          contentType: answer.contentType,
          body: answer.body,
        });
        response.writeHead(answer.status, answer.text, answer.headers);
        response.end(answer.body);
      })
      .catch((error) => {
        console.error(`proxy: ${request.method} ${request.url.split("?")[0]}: ${error.message}`);
        response.destroy();
      });
  });
  server.keepAliveTimeout = 75_000;
  await new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, host, resolve);
  });
  proxy.url = `http://${host}:${server.address().port}`;

  async function close() {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    agent.destroy();
    await closed;
  }
  return proxy;
}

async function forward(request, target, agent) {
  const body = await collect(request);
  const { hostname, port } = new URL(target);
  const outgoing = http.request({
    agent,
    host: hostname,
    port,
    method: request.method,
    path: request.url,
    headers: headersOf(request),
  });
  const answered = new Promise((resolve, reject) => {
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
  });
  outgoing.end(body);
  const answer = await answered;
  return {
    status: answer.statusCode,
    text: answer.statusMessage,
    contentType: answer.headers["content-type"],
    headers: without(answer.rawHeaders, perConnectionAnswer),
    body: await collect(answer),
  };
}

function headersOf(request) {
  const headers = without(request.rawHeaders, perConnection);
  const framed = "content-length" in request.headers || "transfer-encoding" in request.headers;
  // Without it Node would send an empty body in chunks.
  if (!framed) headers.push("Content-Length", "0");
  return headers;
}

// Of a flat list of names and values, as Node keeps headers the way they were sent.
function without(rawHeaders, names) {
  const kept = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!names.has(rawHeaders[i].toLowerCase())) kept.push(rawHeaders[i], rawHeaders[i + 1]);
  }
  return kept;
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
