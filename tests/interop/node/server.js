// Starts the real binary on a throw-away directory and a free port.
import { spawn } from "node:child_process";
import { randomUUID, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const defaultBinary = path.resolve(here, "../../../build/release/bin/rollcall");
const startLimit = 30_000;

/// A running server: { url, projectId, secret, stop() }. stop() fails if it did not end cleanly.
export async function startServer({ environment = "test" } = {}) {
  const binary = process.env.ROLLCALL_BIN ?? defaultBinary;
  const data = await mkdtemp(path.join(tmpdir(), "rollcall-node-"));
  const projectId = `project-${environment}-${randomUUID()}`;
  const secret = `secret-${environment}-${randomBytes(30).toString("base64url")}`;
  const child = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--data", data], {
    env: {
      ...inheritedEnvironment(),
      ROLLCALL_BOOTSTRAP_PROJECT_ID: projectId,
      ROLLCALL_BOOTSTRAP_SECRET: secret,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(String(error)));
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });

  const url = await firstLine(child, ended, () => log);
  return {
    url,
    projectId,
    secret,
    log: () => log,
    async stop() {
      child.kill("SIGTERM");
      const outcome = await ended;
      await rm(data, { recursive: true, force: true });
      if (outcome !== 0) throw new Error(`the server ended with ${outcome}:\n${log}`);
    },
  };
}

// Without what is meant for these tests or for another server: the binary refuses unknown settings.
function inheritedEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("ROLLCALL_"));
  return Object.fromEntries(entries);
}

async function firstLine(child, ended, log) {
  const timeout = AbortSignal.timeout(startLimit);
  const line = await Promise.race([
    new Promise((resolve) => readline.createInterface({ input: child.stdout }).once("line", resolve)),
    ended.then((outcome) => Promise.reject(new Error(`the server ended with ${outcome}:\n${log()}`))),
    new Promise((_, reject) =>
      timeout.addEventListener("abort", () => reject(new Error("the server does not start"))),
    ),
  ]).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  const match = /^rollcall: listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line);
  if (match === null) {
    child.kill("SIGKILL");
    throw new Error(`unexpected first line: ${line}`);
  }
  return match[1];
}
