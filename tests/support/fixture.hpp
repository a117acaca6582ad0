// A store with projects, organizations and connections in it, and the SCIM side on top.
#pragma once

#include "api/scim/api.hpp"
#include "base/limits.hpp"
#include "crypto/digest.hpp"
#include "crypto/random.hpp"
#include "directory/connection.hpp"
#include "directory/keys.hpp"
#include "service/connection_tokens.hpp"
#include "service/groups.hpp"
#include "service/schemas.hpp"
#include "service/searches.hpp"
#include "service/users.hpp"
#include "storage/store.hpp"
#include "support/api_call.hpp"
#include "support/run_task.hpp"
#include "support/test_clock.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rollcall::tests {

using OpenStore = std::function<std::unique_ptr<storage::Store>(crypto::IdSource&, Limits const&)>;

/// The value of a Result, or an exception that fails the test with the error's text.
template <class T>
T value_of(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message() + " " + result.error().cause());
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A connection and what its provider was given.
struct Connected {
    directory::OrganizationKey organization;
    directory::ConnectionKey key;
    std::string token;
    std::string path;  ///< "/v1/b2b/scim/<id>"
    std::string base;  ///< the absolute SCIM base URL

    [[nodiscard]] Headers authorization() const { return {{"Authorization", "Bearer " + token}}; }
};

/// One server's provider side over one store.
class ProviderSide {
public:
    explicit ProviderSide(OpenStore open, Limits const& limits = {})
        : open_(std::move(open)), limits_(limits) {
        start();
        project_ = create_project();
    }

    /// Closes the store and opens it again, as a restart does.
    void reopen() {
        value_of(run_task(parts_->store->close()));
        parts_.reset();
        start();
    }

    [[nodiscard]] storage::Store& store() { return *parts_->store; }
    [[nodiscard]] api::Api& api() { return *parts_->api; }
    [[nodiscard]] TestClock& clock() { return clock_; }

    [[nodiscard]] directory::OrganizationKey create_organization() {
        directory::Organization organization;
        organization.id = {Environment::test, ids_.ordered_uuid(clock_.now())};
        organization.name = "Acme";
        organization.slug = to_string(organization.id);
        organization.created_at = organization.updated_at = clock_.now();
        return value_of(run_task(store().create_organization(*project_, organization, {}))).key;
    }

    /// A new connection in `organization`, which has none.
    [[nodiscard]] Connected connect(directory::OrganizationKey const& organization,
                                    directory::IdentityProvider provider,
                                    directory::ConnectionOptions const& options = {}) {
        auto const token = crypto::random_alphanumeric(48);
        directory::Connection connection;
        connection.id = {Environment::test, ids_.ordered_uuid(clock_.now())};
        connection.organization = organization.id();
        connection.display_name = "Directory";
        connection.identity_provider = provider;
        connection.options = options;
        connection.created_at = connection.updated_at = clock_.now();
        connection.token = {crypto::sha256(token.reveal()), token.last_four(),
                            connection.created_at + std::chrono::hours(24)};
        auto const record =
            value_of(run_task(store().create_connection(organization, connection, {})));
        auto const path = "/v1/b2b/scim/" + to_string(connection.id);
        return {organization, record.key, token.reveal(), path, public_url + path};
    }

    [[nodiscard]] Connected connect(directory::IdentityProvider provider,
                                    directory::ConnectionOptions const& options = {}) {
        return connect(create_organization(), provider, options);
    }

    /// Sends a request of the provider of `connected`; `path` starts with '/'.
    Answer send(Connected const& connected, std::string_view method, std::string const& path,
                std::string body = {}, Headers extra = {}) {
        auto headers = connected.authorization();
        for (auto& header : extra) headers.push_back(std::move(header));
        return call(api(), method, connected.path + path, headers, std::move(body));
    }

    /// Declares a schema of RFC 7643 §7 on the connection.
    Result<directory::ConnectionSchema> declare(Connected const& connected,
                                                boost::json::object schema,
                                                std::string const& resource_type = "User",
                                                bool required = false) {
        service::Schemas schemas(store(), clock_, ids_, limits_);
        auto const urn = std::string(schema.at("id").as_string());
        auto const owner = value_of(run_task(schemas.open_for_operator(connected.key.id())));
        return run_task(schemas.put(owner, urn, {resource_type, required, std::move(schema)}));
    }

    /// Withdraws a schema.
    void withdraw(Connected const& connected, std::string const& urn) {
        service::Schemas schemas(store(), clock_, ids_, limits_);
        auto const owner = value_of(run_task(schemas.open_for_operator(connected.key.id())));
        value_of(run_task(schemas.remove(owner, urn)));
    }

    /// Names of the organization's events, in order.
    [[nodiscard]] std::vector<std::string> event_names(Connected const& connected) {
        std::vector<std::string> names;
        auto const events =
            value_of(run_task(store().list_events(connected.organization, 0, 1000)));
        for (auto const& stored : events) names.push_back(directory::event_name(stored.event));
        return names;
    }

    static inline std::string const public_url = "https://rollcall.test";

private:
    struct Parts {
        Parts(std::unique_ptr<storage::Store> opened, Clock const& clock, crypto::IdSource& ids,
              Limits const& limits)
            : store(std::move(opened)),
              tokens(*store, clock),
              users(*store, clock, ids, limits),
              groups(*store, clock, ids, limits),
              searches(*store, clock, limits),
              api(api::make_scim_api(tokens, users, groups, searches, public_url, limits)) {}

        std::unique_ptr<storage::Store> store;
        service::ConnectionTokens tokens;
        service::Users users;
        service::Groups groups;
        service::Searches searches;
        std::unique_ptr<api::Api> api;
    };

    void start() { parts_ = std::make_unique<Parts>(open_(ids_, limits_), clock_, ids_, limits_); }

    directory::ProjectKey create_project() {
        auto const secret = crypto::random_url_safe(48);
        directory::Project project{{Environment::test, ids_.random_uuid()},
                                   "Project",
                                   {Environment::test, ids_.random_uuid()},
                                   clock_.now()};
        auto const digest = crypto::sha256(secret.reveal());
        directory::ProjectSecret const stored{ids_.random_uuid(), digest, secret.last_four(),
                                              clock_.now(), std::nullopt};
        value_of(run_task(store().create_project(project, stored)));
        return *value_of(run_task(store().authenticate_project(project.id, digest)));
    }

    TestClock clock_;
    crypto::RandomIdSource ids_;
    OpenStore open_;
    Limits limits_;
    std::unique_ptr<Parts> parts_;
    std::optional<directory::ProjectKey> project_;
};

}  // namespace rollcall::tests
