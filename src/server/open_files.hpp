// How many sockets and files the process may have open.
#pragma once

#include <cstddef>

namespace rollcall::server {

/// Raises the soft limit of open files towards `wanted`, as far as the hard limit lets it; never
/// lowers it.
/// @return the limit now in force.
std::size_t raise_open_file_limit(std::size_t wanted) noexcept;

}  // namespace rollcall::server
