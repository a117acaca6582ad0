// The keys that sign and verify session JWTs: made when needed, followed by others in time, kept
// sealed (contract §5.6; docs/decisions/0015).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/jws.hpp"
#include "crypto/public_key.hpp"
#include "crypto/random.hpp"
#include "crypto/rsa_key.hpp"
#include "directory/signing_key.hpp"
#include "runtime/task.hpp"
#include "runtime/workers.hpp"
#include "service/per_thread.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// After this time a key gets a successor; after that it is published for so long (contract §5.6).
inline constexpr std::chrono::days signing_key_lifetime{180};
inline constexpr std::chrono::days signing_key_overlap{30};

/// The keys of one project, opened. Immutable.
class KeyRing {
public:
    KeyRing(std::vector<directory::SigningKey> keys, crypto::RsaKey current,
            std::vector<crypto::PublicKey> public_keys)
        : keys_(std::move(keys)),
          current_(std::move(current)),
          public_keys_(std::move(public_keys)) {}

    /// What is published, the current one first.
    [[nodiscard]] std::vector<directory::SigningKey> const& keys() const noexcept { return keys_; }
    [[nodiscard]] directory::SigningKey const& current() const noexcept { return keys_.front(); }

    /// A compact JWS with the current key. Takes processor time: see runtime::Workers.
    [[nodiscard]] std::string sign(std::string_view payload) const;
    /// True if one of the keys made the signature.
    [[nodiscard]] bool verifies(crypto::CompactJws const& token) const;

private:
    std::vector<directory::SigningKey> keys_;
    crypto::RsaKey current_;
    std::vector<crypto::PublicKey> public_keys_;  ///< in the order of keys_
};

/// Thread-safe.
class SigningKeys {
public:
    using Ring = std::shared_ptr<KeyRing const>;

    /// @param encryption_key  crypto::seal_key_bytes, for what is stored.
    /// All others outlive this object.
    SigningKeys(storage::Store& store, Clock const& clock, crypto::IdSource& ids,
                runtime::Workers& workers, Secret encryption_key)
        : store_(store),
          clock_(clock),
          ids_(ids),
          workers_(workers),
          encryption_key_(std::move(encryption_key)) {}

    /// Never null. Makes the project's first key, or the successor of one that is too old.
    /// @errors not_found (project_not_found); unavailable (stored under another encryption key: the
    ///         cause says what to do).
    Task<Result<Ring>> ring(ProjectId project);

    /// Makes a successor now, which signs from now on. A project's first key is not made here:
    /// until there is one, nothing tells whether this encryption key is the one its server has.
    /// @errors not_found (project_not_found); conflict (there is no key yet).
    Task<Result<directory::SigningKey>> rotate(ProjectId project);

    /// For the start of a server: whether what is stored can be opened.
    /// @errors invalid_value (stored under another encryption key).
    Task<Status> check();

private:
    struct Kept {
        Ring ring;
        std::uint64_t generation = 0;
        Timestamp read_at;
    };

    using Keys = std::vector<directory::SigningKey>;

    Task<Result<Keys>> list(ProjectId project);
    Task<Status> add(ProjectId project, std::optional<SigningKeyId> expected);
    [[nodiscard]] Result<Ring> open(ProjectId project, Keys keys) const;
    [[nodiscard]] Result<crypto::RsaKey> unseal(ProjectId project,
                                                directory::SigningKey const& key) const;

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    runtime::Workers& workers_;
    Secret encryption_key_;
    PerThread<std::unordered_map<ProjectId, Kept>> kept_;
};

}  // namespace rollcall::service
