// Starts the stand-in of rollcall.js on a throw-away directory and a free port.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
export const standIn = path.join(here, "rollcall.js");

// Without what is meant for another server: the binary refuses unknown settings.
export function environmentOf(binary, records, settings = {}) {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("ROLLCALL_"));
  const inherited = Object.fromEntries(entries);
  return { ...inherited, ...settings, OPENAPI_CHECK_BINARY: binary, OPENAPI_CHECK_RECORDS: records };
}

/// A running server: { url, log(), stop() }. stop() gives the exit code.
/// @param settings  more variables of its environment
export async function start({ binary, records, settings }) {
  const data = await mkdtemp(path.join(tmpdir(), "rollcall-openapi-"));
  const child = spawn(standIn, ["serve", "--listen", "127.0.0.1:0", "--data", data], {
    env: environmentOf(binary, records, settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(code ?? signal)));
  const first = new Promise((resolve) =>
    readline.createInterface({ input: child.stdout }).once("line", resolve));
  const line = await Promise.race([first, ended.then(() => Promise.reject(new Error(log)))]);
  return {
    url: /^rollcall: listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)[1],
    log: () => log,
    async stop() {
      child.kill("SIGTERM");
      const outcome = await ended;
      await rm(data, { recursive: true, force: true });
      return outcome;
    },
  };
}
