// Randomness: ids, tokens, keys. All from the operating system through OpenSSL.
#pragma once

#include "base/secret.hpp"
#include "base/uuid.hpp"

#include <cstddef>
#include <string>

namespace rollcall::crypto {

/// Makes identifiers. The seam lets tests have predictable ids. Thread-safe.
class IdSource {
public:
    virtual ~IdSource() = default;
    /// A random UUID (version 4), for things whose creation order must not show.
    [[nodiscard]] virtual Uuid random_uuid() = 0;
    /// A time-ordered UUID (version 7), for resources: sorts by creation, and keeps inserts at the
    /// end of the index. Strictly increasing within one process.
    [[nodiscard]] virtual Uuid ordered_uuid(Timestamp now) = 0;
};

/// The IdSource of production.
class RandomIdSource final : public IdSource {
public:
    [[nodiscard]] Uuid random_uuid() override;
    [[nodiscard]] Uuid ordered_uuid(Timestamp now) override;
};

/// `length` characters of [A-Za-z0-9], each with log2(62) bits: bearer tokens (contract §1.9: 48).
[[nodiscard]] Secret random_alphanumeric(std::size_t length);

/// `length` characters of the URL-safe base64 alphabet: project secrets.
[[nodiscard]] Secret random_url_safe(std::size_t length);

/// `length` random bytes, for keys.
[[nodiscard]] Secret random_key(std::size_t length);

}  // namespace rollcall::crypto
