// What was seen of the API: a folder with a file of JSON lines for each server that was watched.
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/// Writes the file of one server.
export class Recorder {
  constructor(folder, operations) {
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `${process.pid}.jsonl`);
    this.write({ operations });
  }

  add({ operation, request, status, problems }) {
    this.write({ operation, request, status, problems });
  }

  write(entry) {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}

/// Everything in some folders: { servers, operations: Map of name to Map of status to count, violations }.
export function readRecords(...folders) {
  const seen = { servers: 0, operations: new Map(), violations: [] };
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      const lines = readFileSync(path.join(folder, name), "utf8").trimEnd().split("\n");
      for (const line of lines) addEntry(seen, JSON.parse(line));
    }
  }
  return seen;
}

function addEntry(seen, entry) {
  if (entry.operations !== undefined) {
    ++seen.servers;
    for (const name of entry.operations) {
      if (!seen.operations.has(name)) seen.operations.set(name, new Map());
    }
    return;
  }
  const counts = seen.operations.get(entry.operation);
  counts?.set(entry.status, (counts.get(entry.status) ?? 0) + 1);
  for (const problem of entry.problems) {
    seen.violations.push(`${entry.request}: ${entry.status} ${problem}`);
  }
}
