#!/usr/bin/env node
// A server for tests of the judge: it answers other things than its document says.
import http from "node:http";

const document = {
  openapi: "3.1.0",
  info: { title: "Liar", version: "1" },
  paths: {
    "/openapi.json": {
      get: { responses: { 200: { description: "", content: { "application/json": { schema: {} } } } } },
    },
    "/v1/truth": {
      get: {
        responses: { 200: { description: "", content: { "application/json": { schema: { const: "the truth" } } } } },
      },
    },
  },
  components: { schemas: { Error: { type: "object" } } },
};

const server = http.createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(request.url === "/openapi.json" ? document : "a lie"));
});
server.listen(0, "127.0.0.1", () =>
  console.log(`rollcall: listening on http://127.0.0.1:${server.address().port}`));
process.on("SIGTERM", () => process.exit(0));
