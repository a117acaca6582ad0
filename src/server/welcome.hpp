// What `serve --welcome` says to a newcomer.
#pragma once

#include "base/result.hpp"
#include "server/app.hpp"

#include <cstdio>
#include <string>

namespace rollcall::server {

/// Commands for a shell that go through the whole job, with everything filled in.
[[nodiscard]] std::string first_steps(std::string const& url, service::NewProject const& project);

/// If there is no project yet, makes one and prints it, with its secret, and first_steps();
/// otherwise one line that says how many there are.
/// @errors those of App::list_projects and create_project; unavailable: it could not be printed.
[[nodiscard]] Status welcome(App& app, std::FILE* out);

}  // namespace rollcall::server
