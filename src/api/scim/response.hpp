// Answers of the SCIM side: resources, lists, errors, and the headers that go with them.
#pragma once

#include "api/context.hpp"
#include "api/scim/error_body.hpp"
#include "base/error.hpp"
#include "directory/group.hpp"
#include "directory/representation.hpp"
#include "directory/user.hpp"
#include "http/message.hpp"
#include "scim/projection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::api::scim_api {

/// An answer with a JSON body. The content type is set when the answer leaves (api.cpp).
[[nodiscard]] http::Response json_response(unsigned status, std::string body);

/// The answer to a failure, noted in `context` for the log.
[[nodiscard]] http::Response error_response(Error const& error, Context& context);

/// An answer that no error code stands for: 404 and 405 of routing, 501, failures of HTTP itself.
[[nodiscard]] http::Response problem_response(Problem problem, std::string_view detail,
                                              Context& context);

[[nodiscard]] std::string user_body(directory::User const& user, scim::ResourceType const& type,
                                    std::string_view base, directory::ResolvedUsers const& managers,
                                    scim::Projection const& projection);
[[nodiscard]] std::string group_body(directory::Group const& group, scim::ResourceType const& type,
                                     std::string_view base, scim::Projection const& projection,
                                     bool with_members = true);

/// What a ListResponse says beside its resources. Paging by index has a start index, paging by
/// cursor the next cursor, except on the last page.
struct ListHead {
    std::uint64_t total = 0;
    std::optional<std::size_t> start_index{};
    std::optional<std::string> next_cursor{};
};

/// A ListResponse around resources that are JSON texts already (RFC 7644 §3.4.2, RFC 9865).
[[nodiscard]] std::string list_body(ListHead const& head,
                                    std::vector<std::string> const& resources);

/// Adds ETag and Location (checklist C-01, T-01, P-51, W-09).
void add_resource_headers(http::Response& response, std::uint64_t version, std::string location);

}  // namespace rollcall::api::scim_api
