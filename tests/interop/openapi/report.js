// Tells what stories exercised, and fails if an answer was not as the document says.
//   node report.js [--every-operation] RECORDS …    with it, also fails if an operation of /v1 was never
//                                                   answered with 200
import { readRecords } from "./records.js";

const everyOperation = process.argv[2] === "--every-operation";
const folders = process.argv.slice(everyOperation ? 3 : 2);
const { servers, operations, violations } = readRecords(...folders);
const failures = violations.map((violation) => `not as documented: ${violation}`);
if (servers === 0) failures.push("no server was watched");

console.log(`Answers by operation, compared with the OpenAPI document (${servers} servers)`);
for (const [name, statuses] of operations) {
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`  ${name}  ${counts.join(", ") || "-"}`);
  if (everyOperation && name.includes(" /v1/") && !statuses.has(200)) {
    failures.push(`never answered with 200: ${name}`);
  }
}
for (const failure of failures) console.error(`openapi: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
