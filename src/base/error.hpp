// The one error type of every layer: a closed code, a text for the caller, a text for the log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rollcall {

/// What went wrong, without any protocol in it. Words of RFC 7644 §3.12 where the RFC has one.
/// Each API maps every code to its own status and body in one switch (docs/http-status.md).
enum class ErrorCode : std::uint8_t {
    invalid_syntax,       ///< the body is not the message it should be
    invalid_filter,       ///< a filter expression cannot be read or evaluated
    invalid_path,         ///< a PATCH path cannot be read
    invalid_value,        ///< a value is missing, of the wrong type, or out of range
    invalid_cursor,       ///< a page cursor is unknown, forged, or belongs to another query
    expired_cursor,       ///< a page cursor is older than its time to live
    invalid_count,        ///< a page size is out of range, or changed from page to page
    no_target,            ///< a PATCH path selects nothing
    mutability,           ///< the attribute may not be written this way
    uniqueness,           ///< another resource already has the value
    too_many,             ///< the request asks for more work than is allowed
    sensitive,            ///< the request would put personal data where it must not be
    unauthenticated,      ///< no, unknown or wrong credentials
    forbidden,            ///< the caller is known and may not do this
    not_found,            ///< no such resource for this caller
    conflict,             ///< the state of the resource does not allow the operation
    precondition_failed,  ///< If-Match named another version
    payload_too_large,    ///< the body is larger than the route accepts
    rate_limited,         ///< too many requests
    unavailable,          ///< try again later; nothing was done
    internal,             ///< a bug or a failing machine; cause() says more
};

/// The enumerator's own spelling, e.g. "invalid_filter". For logs and tests.
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// The part of an error that a caller may see. `kind` is the API's own stable name for the
/// situation (the contract's `error_type`); empty where the code alone decides.
struct PublicError {
    ErrorCode code;
    std::string kind;
    std::string message;
    std::chrono::seconds retry_after{1};  ///< told with rate_limited and unavailable
};

/// A failure. `message()` is written for the caller and names field and rule; `cause()` is for the
/// log only and is never serialized. Neither ever contains a secret.
class Error {
public:
    Error(ErrorCode code, std::string message, std::string cause = {})
        : public_{code, {}, std::move(message)}, cause_(std::move(cause)) {}

    /// The same error under the contract's `error_type` name `kind`.
    [[nodiscard]] Error with_kind(std::string kind) && {
        public_.kind = std::move(kind);
        return std::move(*this);
    }

    /// The same error, after which a caller should wait so long before it tries again.
    [[nodiscard]] Error with_retry_after(std::chrono::seconds wait) && {
        public_.retry_after = wait;
        return std::move(*this);
    }

    [[nodiscard]] ErrorCode code() const noexcept { return public_.code; }
    [[nodiscard]] std::string const& kind() const noexcept { return public_.kind; }
    [[nodiscard]] std::string const& message() const noexcept { return public_.message; }
    [[nodiscard]] std::string const& cause() const noexcept { return cause_; }
    [[nodiscard]] std::chrono::seconds retry_after() const noexcept { return public_.retry_after; }
    [[nodiscard]] PublicError const& for_caller() const noexcept { return public_; }

private:
    PublicError public_;
    std::string cause_;
};

/// An `internal` error: the caller learns nothing but the fact.
[[nodiscard]] Error internal_error(std::string cause);

/// An `unavailable` error whose message tells the caller what was full or late.
[[nodiscard]] Error unavailable_error(std::string message, std::string cause = {});

}  // namespace rollcall
