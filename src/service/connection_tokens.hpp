// Bearer tokens of connections: from what a request carries to the key of a connection.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "scim/profile.hpp"
#include "scim/resource_types.hpp"
#include "service/declared_types.hpp"

#include <memory>
#include <optional>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// The token of a request, and how it was sent.
struct ConnectionCredential {
    Secret token;
    bool is_basic_password = false;  ///< of HTTP Basic, which a connection may refuse
};

/// An identity provider that proved which connection it speaks for. Made by ConnectionTokens only.
struct ConnectionCaller {
    directory::ConnectionKey key;
    /// Of its kind of provider, with the connection's own options.
    scim::Profile effective_profile;
    /// With what the connection declares; null: the built-in types. Outlives every copy of this.
    std::shared_ptr<scim::ResourceTypes const> declared_types;

    [[nodiscard]] scim::Profile const& profile() const noexcept { return effective_profile; }
    [[nodiscard]] scim::ResourceTypes const& types() const noexcept {
        return declared_types ? *declared_types : scim::builtin_types();
    }
    [[nodiscard]] scim::ResourceType const& user_type() const noexcept { return types().user(); }
    [[nodiscard]] scim::ResourceType const& group_type() const noexcept { return types().group(); }
};

/// What a request without credentials is told, and every other that is not known.
[[nodiscard]] Error bearer_token_refused();

/// Thread-safe.
class ConnectionTokens {
public:
    /// Both outlive this object.
    ConnectionTokens(storage::Store& store, Clock const& clock)
        : store_(store), clock_(clock), types_(store) {}

    /// Checks a token against the connection that the URL names.
    ///
    /// @param connection  nullopt when the URL names none; the answer is the same.
    /// @errors unauthenticated, always with the same message: unknown or deleted connection, wrong,
    ///         expired or rotated-out token, Basic where the connection does not take it, or no
    ///         token at all (checklist K-02, K-05, K-08).
    [[nodiscard]] Task<Result<ConnectionCaller>> authenticate(
        std::optional<ConnectionId> connection, std::optional<ConnectionCredential> credential);

private:
    storage::Store& store_;
    Clock const& clock_;
    DeclaredTypes types_;
};

}  // namespace rollcall::service
