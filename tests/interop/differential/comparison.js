// Compares our answers with those of a library, with its known departures taken into account.
//
// A departure says where a library does other than the RFC or the conformance checklist, and how to
// put a case so that this does not matter:
//
//   name, libraries, cites (RFC sections and checklist ids), why
//   adapt(input)            the same question, put so that the library answers it as cited
//   settle(answer, input)   the library's answer to an adapted input, corrected as cited
//   refuses(input)          the answer of those who refuse it as cited, which the library does not;
//                           undefined if there is nothing to refuse
//
// Departures apply in their order: a later one sees what an earlier one made.
import { isDeepStrictEqual } from "node:util";

// Counting further uses of a departure would only take time.
const usesCounted = 20;

/// The input as the departures make it, { adapted }; or { refusal }.
export function adapt(input, departures) {
  let adapted = input;
  for (const departure of departures) {
    const refusal = departure.refuses?.(adapted);
    if (refusal !== undefined) return { refusal };
    adapted = departure.adapt?.(adapted) ?? adapted;
  }
  return { adapted };
}

export class Comparison {
  #departures;
  #judge;
  #uses;
  cases = 0;
  agreed = 0;
  unexplained = [];

  /// `judge(input)` is the library's answer.
  constructor(library, departures, judge) {
    this.library = library;
    this.#departures = departures.filter(({ libraries }) => libraries.includes(library));
    this.#judge = judge;
    this.#uses = new Map(this.#departures.map(({ name }) => [name, 0]));
  }

  /// What the library says once its departures are taken into account.
  expected(input) {
    return this.#ask(input, this.#departures);
  }

  /// Counts one case, which is unexplained if `ours` is not what is expected.
  async check(input, ours) {
    this.cases += 1;
    const theirs = await this.expected(input);
    if (!isDeepStrictEqual(theirs, ours)) this.unexplained.push({ input, ours, theirs });
    if (isDeepStrictEqual(await this.#judge(input), ours)) this.agreed += 1;
    else await this.#explain(input, ours);
  }

  // A departure explains a disagreement if without it the library would still disagree.
  async #explain(input, ours) {
    for (const departure of this.#departures) {
      const uses = this.#uses.get(departure.name);
      if (uses === usesCounted) continue;
      const others = this.#departures.filter((other) => other !== departure);
      if (!isDeepStrictEqual(await this.#ask(input, others), ours)) this.#uses.set(departure.name, uses + 1);
    }
  }

  async #ask(input, departures) {
    const { refusal, adapted } = adapt(input, departures);
    if (refusal !== undefined) return refusal;
    const answer = await this.#judge(adapted);
    return departures.reduce((settled, { settle }) => settle?.(settled, adapted) ?? settled, answer);
  }

  /// Departures that explained nothing: the library has changed, or the list is wrong.
  stale() {
    return [...this.#uses].filter(([, uses]) => uses === 0).map(([name]) => name);
  }

  report() {
    const lines = [`${this.library}: ${this.cases} cases, ${this.agreed} agree as they stand; departures:`];
    for (const { name, cites } of this.#departures) {
      const uses = this.#uses.get(name);
      const count = uses === usesCounted ? `${uses}+` : String(uses);
      lines.push(`  ${count.padStart(5)}  ${name} (${cites.join(", ")})`);
    }
    return lines.join("\n");
  }
}
