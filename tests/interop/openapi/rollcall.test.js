// The stand-in for the binary, in front of the real one and of one that lies; and the real document.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Validator } from "@seriousme/openapi-schema-validator";

import { Contract } from "./contract.js";
import { readRecords } from "./records.js";
import { environmentOf, standIn, start } from "./stand_in.js";

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));
const binary = process.env.ROLLCALL_BIN;
let work;

before(async () => (work = await mkdtemp(path.join(tmpdir(), "rollcall-records-"))));
after(() => rm(work, { recursive: true, force: true }));

const recordsOf = (name) => path.join(work, name);

async function report(name, ...options) {
  const args = [path.join(here, "report.js"), ...options, recordsOf(name)];
  return run(process.execPath, args).catch((error) => error);
}

describe("the document of the server", () => {
  let server;
  let document;
  before(async () => {
    server = await start({ binary, records: recordsOf("honest") });
    document = await (await fetch(`${server.url}/openapi.json`)).json();
  });

  it("is valid OpenAPI 3.1 and leads back to the server", async () => {
    const result = await new Validator().validate(structuredClone(document));
    assert.deepEqual(result, { valid: true });
    assert.deepEqual(document.servers, [{ url: server.url }]);
  });

  it("has valid schemas and no reference that leads nowhere", () => {
    new Contract(document).compileAll();
  });

  it("names each operation once", () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = operations.map((operation) => operation.operationId);
    assert.deepEqual([...new Set(ids)], ids);
  });

  it("is what the server does", async () => {
    assert.equal((await fetch(`${server.url}/v1/b2b/organizations/acme`)).status, 401);
    assert.equal((await fetch(`${server.url}/v1/nothing`)).status, 404);
    // The other side of the server answers in another form, and is not judged.
    assert.equal((await fetch(`${server.url}/v1/b2b/scim/x/Users`)).status, 401);
    assert.equal(await server.stop(), 0);
    const { servers, operations, violations } = readRecords(recordsOf("honest"));
    assert.equal(servers, 1);
    assert.deepEqual(violations, []);
    const get = "GET /v1/b2b/organizations/{organization_id}";
    assert.deepEqual([...operations.get(get)], [[401, 1]]);
    assert.deepEqual([...operations.get("GET /openapi.json")], [[200, 1]]);
    assert.equal((await report("honest")).code, undefined);
    assert.ok((await report("honest", "--every-operation")).stderr.includes(`never answered with 200: ${get}\n`));
  });
});

it("a server that does not keep its document fails, and so does the report", async () => {
  const liar = await start({ binary: path.join(here, "liar.js"), records: recordsOf("liar") });
  assert.equal(await (await fetch(`${liar.url}/v1/truth`)).json(), "a lie");
  assert.equal((await fetch(`${liar.url}/v1/more`)).status, 200);
  assert.equal(await liar.stop(), 1);
  assert.match(liar.log(), /openapi: GET \/v1\/truth: 200 the body must be equal to constant\n/);
  assert.match(liar.log(), /openapi: GET \/v1\/more: 200 is not in the document\n/);
  assert.equal((await report("liar")).code, 1);
});

it("other commands go to the binary", async () => {
  const env = environmentOf(binary, work);
  const { stdout } = await run(standIn, ["--version"], { env });
  assert.match(stdout, /rollcall/);
  const { code } = await run(standIn, ["nonsense"], { env }).catch((error) => error);
  assert.equal(code, 2);
});
