// HeadScanner: the end of a head is found however it is cut, and no HTTP is told early.
#include "http/head_scanner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rollcall::http {
namespace {

using Verdict = HeadScanner::Verdict;

TEST(HeadScanner, finds_the_end_however_the_head_is_cut) {
    std::string const head = "GET / HTTP/1.1\r\nHost: a\r\nX: \t b\r\n\r\n";
    std::string const bytes = head + "body\r\n\r\n";
    for (std::size_t first = 0; first < head.size(); ++first) {
        for (std::size_t second = first; second < head.size(); ++second) {
            HeadScanner scanner;
            ASSERT_EQ(scanner.scan(bytes.substr(0, first)), Verdict::incomplete);
            ASSERT_EQ(scanner.scan(bytes.substr(0, second)), Verdict::incomplete);
            ASSERT_EQ(scanner.scan(bytes), Verdict::complete);
            ASSERT_EQ(scanner.size(), head.size());
        }
    }
}

TEST(HeadScanner, tells_early_what_is_no_http) {
    using namespace std::string_literals;
    for (auto const& bytes : {"GET / HTTP/1.1\n"s, "\n"s, "GET\r / HTTP/1.1"s, "G\0T"s,
                              "\x16\x03\x01\x02"s, "GET / HTTP/1.1\r\nA: \x7f"s, "\r\r"s}) {
        HeadScanner whole;
        EXPECT_EQ(whole.scan(bytes), Verdict::malformed) << bytes;
        HeadScanner bytewise;
        auto verdict = Verdict::incomplete;
        for (std::size_t i = 1; i <= bytes.size() && verdict == Verdict::incomplete; ++i) {
            verdict = bytewise.scan(std::string_view(bytes).substr(0, i));
        }
        EXPECT_EQ(verdict, Verdict::malformed) << bytes;
    }
}

}  // namespace
}  // namespace rollcall::http
