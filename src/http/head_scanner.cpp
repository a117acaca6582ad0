// HeadScanner: the usual head arrives whole and costs one search; only pieces are looked at closer.
#include "http/head_scanner.hpp"

#include <string.h>

namespace rollcall::http {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

/// True if `bytes[from...]` holds a control character or a line end other than CRLF. Without this a
/// TLS greeting or LF-only lines would be waited on until the read timeout.
bool cannot_be_http(std::string_view bytes, std::size_t from) noexcept {
    for (std::size_t i = from; i < bytes.size(); ++i) {
        auto const byte = static_cast<unsigned char>(bytes[i]);
        if (byte == '\n') {
            if (i == 0 || bytes[i - 1] != '\r') return true;
        } else if (i > 0 && bytes[i - 1] == '\r') {
            return true;
        } else if ((byte < ' ' && byte != '\r' && byte != '\t') || byte == 0x7F) {
            return true;
        }
    }
    return false;
}

}  // namespace

HeadScanner::Verdict HeadScanner::scan(std::string_view bytes) noexcept {
    // The end may straddle what was seen and what is new.
    auto const from = seen_ < end_of_head.size() ? 0 : seen_ - (end_of_head.size() - 1);
    auto const* const found = static_cast<char const*>(
        ::memmem(bytes.data() + from, bytes.size() - from, end_of_head.data(), end_of_head.size()));
    if (found != nullptr) {
        size_ = static_cast<std::size_t>(found - bytes.data()) + end_of_head.size();
        return Verdict::complete;
    }
    if (cannot_be_http(bytes, seen_)) return Verdict::malformed;
    seen_ = bytes.size();
    return Verdict::incomplete;
}

}  // namespace rollcall::http
