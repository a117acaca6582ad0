// stdio tells of a failed write only to those who ask.
#include "server/standard_output.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace rollcall::server {

Status flush_output(std::FILE* out) {
    errno = 0;
    bool const flushed = std::fflush(out) == 0;
    int const reason = errno;
    if (flushed && std::ferror(out) == 0) return {};
    return fail(unavailable_error(fmt::format(
        "cannot write standard output: {}",
        flushed ? "an earlier write failed" : std::generic_category().message(reason))));
}

}  // namespace rollcall::server
