#!/usr/bin/env python3
"""tests/tidy/limits.py reads limits and rows, and finds what is missing or differs."""
import unittest

import limits

HEADER = """struct Limits {
    // Sizes.
    std::size_t a_max = 16 * 1024;  ///< of it
    static constexpr std::size_t b_max = 100'000;
    std::size_t long_name_max =
        512 * 1024 * 1024;
    static constexpr int c_at_once = 10;
    std::chrono::seconds d_timeout{3600};
    static constexpr std::chrono::minutes e_max{366 * 24 * 60};
};
"""
PAGE = """| `a_max` | 16 KiB | 413 |
| `b_max` | 100,000 | 400 |
| `long_name_max` | 512 MiB | 503 |
| `c_at_once` | 10 | 429 |
| `d_timeout` | 1 h | 400 |
| `e_max` | 366 days | 400 |
"""
WORDS = {"a_max", "b_max", "long_name_max", "c_at_once", "d_timeout", "e_max"}


class Limits(unittest.TestCase):
    def bad(self, part, header=HEADER, page=PAGE, words=frozenset(WORDS)):
        found = list(limits.findings(header, page, words))
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def test_good(self):
        self.assertEqual(list(limits.findings(HEADER, PAGE, WORDS)), [])
        twice = PAGE + "| `a_max` | 16 KiB | the same |\n| `of_crypto` | 7 | elsewhere |\n"
        self.assertEqual(list(limits.findings(HEADER, twice, WORDS)), [])

    def test_every_member_is_read(self):
        self.assertEqual(limits.members(HEADER),
                         {"a_max": 16_384, "b_max": 100_000, "long_name_max": 536_870_912, "c_at_once": 10,
                          "d_timeout": 3600, "e_max": 31_622_400})
        for member in ("std::size_t a_max = other_max;", "double a_max = 1;", "std::chrono::eons a_max{1};"):
            with self.assertRaises((ValueError, KeyError), msg=member):
                limits.members(f"struct Limits {{\n    {member}\n}};\n")

    def test_bad(self):
        self.bad("no row for b_max", page=PAGE.replace("`b_max`", "b_max"))
        self.bad("a_max is 16384, not 16", page=PAGE.replace("16 KiB", "16"))
        self.bad("d_timeout is 3600, not 7200", page=PAGE + "| `d_timeout` | 2 h | 400 |\n")
        self.bad("e_max is 31622400, not None", page=PAGE.replace("366 days", "366 moons"))
        self.bad("no test names c_at_once", words=WORDS - {"c_at_once"})
        self.bad("has no limits", header="")


if __name__ == "__main__":
    unittest.main()
