// A departure is an accusation: each says which paragraph of the RFCs the library departs from.
import assert from "node:assert/strict";
import test from "node:test";

import { filterDepartures } from "./filter_departures.js";
import { patchDepartures } from "./patch_departures.js";

const isParagraph = (citation) => /^RFC \d{4} §\d/.test(citation);

test("every departure cites a paragraph", () => {
  const silent = [...filterDepartures, ...patchDepartures].filter(({ cites }) => !cites.some(isParagraph));
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  );
});
