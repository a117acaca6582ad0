#!/usr/bin/env node
// Stands in for the binary: `serve` starts the real one behind a proxy that judges every answer of the
// management API by the document the server itself gives. Other commands go to the real one.
//
// Environment: OPENAPI_CHECK_BINARY, the real binary; OPENAPI_CHECK_RECORDS, the folder for what was
// seen. Ends with 1 if an answer was not as the document says, and tells so at once on standard error.
import { spawn } from "node:child_process";
import readline from "node:readline";

import { Contract, segmentsOf } from "./contract.js";
import { startProxy } from "./proxy.js";
import { Recorder } from "./records.js";

const binary = process.env.OPENAPI_CHECK_BINARY;
const records = process.env.OPENAPI_CHECK_RECORDS;
const announcement = "rollcall: listening on ";

// SCIM has the same start of paths and is no part of the document; nor is what has no /v1.
function isJudged(target) {
  const path = segmentsOf(target);
  if (path[0] === "openapi.json") return true;
  const isScim = path.length >= 4 && path[1] === "b2b" && path[2] === "scim" && path[4] !== "connection";
  return path[0] === "v1" && !isScim;
}

// Takes the value of an option out of the arguments.
function takeOption(args, name) {
  const at = args.findIndex((one) => one === name || one.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const [option, ...value] = args.splice(at, 1)[0].split("=");
  return option === name && value.length > 0 ? value.join("=") : args.splice(at, 1)[0];
}

function endOf(child) {
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
}

function endLike(outcome) {
  if (typeof outcome === "number") process.exit(outcome);
  process.removeAllListeners(outcome);
  process.kill(process.pid, outcome);
}

// Judges exchanges by the document of the server at `url`, and counts what is wrong.
async function openCourt(url) {
  const contract = new Contract(await (await fetch(`${url}/openapi.json`)).json());
  const recorder = new Recorder(records, contract.operations);
  const court = { violations: 0, judge };
  function judge(exchange) {
    if (!isJudged(exchange.target)) return;
    const { operation, problems } = contract.judge(exchange);
    const request = operation ?? `${exchange.method} ${exchange.target.split("?")[0]}`;
    recorder.add({ operation, request, status: exchange.status, problems });
    court.violations += problems.length;
    for (const problem of problems) console.error(`openapi: ${request}: ${exchange.status} ${problem}`);
  }
  return court;
}

async function serve(args) {
  const listen = takeOption(args, "--listen") ?? process.env.ROLLCALL_LISTEN ?? "127.0.0.1:8080";
  const [, host, port] = /^(.*):(\d+)$/.exec(listen);
  let court;
  const proxy = await startProxy({ host, port: Number(port), witness: (exchange) => court.judge(exchange) });
  const isNamed = args.some((one) => one.startsWith("--public-url")) || process.env.ROLLCALL_PUBLIC_URL;
  const names = isNamed ? [] : ["--public-url", proxy.url];
  const child = spawn(
    "setpriv", // so that the server ends with this process, however that ends
    ["--pdeathsig", "KILL", binary, ...args, "--listen", "127.0.0.1:0", ...names],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = endOf(child);

  const lines = readline.createInterface({ input: child.stdout });
  lines.once("line", async (line) => {
    try {
      proxy.target = line.slice(announcement.length);
      court = await openCourt(proxy.target);
      console.log(announcement + proxy.url);
      lines.on("line", (next) => console.log(next));
    } catch (error) {
      console.error(`openapi: the document cannot be used: ${error.message}`);
      child.kill("SIGKILL");
    }
  });

  const outcome = await ended;
  await proxy.close();
  endLike(outcome === 0 && court?.violations > 0 ? 1 : outcome);
}

const args = process.argv.slice(2);
if (args[0] === "serve" && !args.includes("--help")) {
  await serve(args);
} else {
  endLike(await endOf(spawn(binary, args, { stdio: "inherit" })));
}
