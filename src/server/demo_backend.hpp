// The demo's two clients: the developer's backend, and an identity provider that looks again.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/client.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::server {

struct DemoConnection {
    std::string id;
    std::string base_url;
    Secret token;
};

struct ReadGroup {
    std::string id;
    std::string name;
};

struct ReadPage {
    std::vector<ReadGroup> groups;
    std::string pretty;  ///< the answer as indented JSON
};

/// Calls the management API as an SDK does. Errors carry the API's own message.
class DemoBackend {
public:
    DemoBackend(std::string const& url, ProjectId const& project, Secret const& secret);

    [[nodiscard]] Status create_organization(std::string_view name, std::string_view slug);
    [[nodiscard]] Result<DemoConnection> create_connection(std::string_view organization,
                                                           std::string_view display_name,
                                                           std::string_view provider);
    /// Every page, following next_cursor; at least one.
    [[nodiscard]] Result<std::vector<ReadPage>> read_groups(std::string_view organization,
                                                            std::string_view connection,
                                                            std::size_t limit);

private:
    http::Client client_;
    std::vector<http::ClientHeader> headers_;
};

class DemoProvider {
public:
    explicit DemoProvider(DemoConnection const& connection);

    /// Ids of a group's members, as the group has them.
    [[nodiscard]] Result<std::multiset<std::string>> read_members(std::string const& group_id);

private:
    http::Client client_;
    std::vector<http::ClientHeader> headers_;
};

}  // namespace rollcall::server
