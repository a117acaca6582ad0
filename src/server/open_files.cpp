// RLIMIT_NOFILE; a shell's usual 1,024 would refuse connections long before our own limit does.
#include "server/open_files.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace rollcall::server {

std::size_t raise_open_file_limit(std::size_t wanted) noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    auto const possible = std::min<rlim_t>(wanted, limit.rlim_max);
    if (limit.rlim_cur < possible) {
        rlimit const raised{.rlim_cur = possible, .rlim_max = limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return possible;
    }
    return limit.rlim_cur;
}

}  // namespace rollcall::server
