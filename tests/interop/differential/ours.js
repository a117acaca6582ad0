// Our side: the binary of evaluate.cpp, one process for many cases.
import { spawnSync } from "node:child_process";

const binary = process.env.ROLLCALL_EVALUATE;

/// Our answer to each of `cases`, in order (their form: evaluate.cpp).
export function evaluate(cases) {
  const input = cases.map((one) => `${JSON.stringify(one)}\n`).join("");
  const { status, stdout, stderr, error } = spawnSync(binary, {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined || status !== 0) throw new Error(`${binary}: ${error ?? stderr}`);
  const answers = stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  if (answers.length !== cases.length) throw new Error(`${answers.length} answers to ${cases.length} cases`);
  return answers;
}
