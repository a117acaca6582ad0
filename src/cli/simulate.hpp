// `rollcall simulate`: pushes a made-up company into any SCIM 2.0 server over HTTP.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "cli/command_line.hpp"
#include "cli/endpoint.hpp"
#include "cli/exit_code.hpp"
#include "cli/push.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace rollcall::cli {

/// A SCIM base URL, split into what requests are made from and what its query says.
struct ScimBase {
    std::string url;              ///< without query and trailing slash
    bool standard_patch = false;  ///< Entra's `?aadOptscim062020`
};

[[nodiscard]] ScimBase split_base_url(std::string_view base_url);

/// Connections over HTTP with that bearer token and the dialect's headers.
[[nodiscard]] EndpointFactory connect_over_http(std::string url, Secret token,
                                                Dialect const& dialect);

/// What it did, to `out`, in a few lines.
void print_report(std::FILE* out, Sample const& sample, PushReport const& report);

/// A push with progress on `out`.
[[nodiscard]] PushReport push_over_http(Sample const& sample, Provider provider,
                                        std::string_view base_url, Secret const& token,
                                        unsigned concurrency, Clock const& clock, std::FILE* out);

/// The whole command. Progress and report go to standard output, failures to standard error.
[[nodiscard]] ExitCode simulate(Simulate const& command, Variables const& environment,
                                Clock const& clock);

}  // namespace rollcall::cli
