// Typed identifiers "<kind>-<env>-<uuid>" (management contract §1.9). Mixing kinds does not
// compile.
#pragma once

#include "base/uuid.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall {

/// A project is either a test or a live project, and so is everything in it.
enum class Environment : std::uint8_t { test, live };

[[nodiscard]] constexpr std::string_view to_string(Environment environment) noexcept {
    return environment == Environment::test ? "test" : "live";
}

/// An identifier of one kind. `Tag::prefix` is the kind's word, e.g. "scim-group".
template <class Tag>
struct Id {
    Environment environment = Environment::test;
    Uuid uuid{};

    friend auto operator<=>(Id const&, Id const&) = default;
};

/// Appends "<prefix>-<env>-<uuid>".
template <class Tag>
void append_id(std::string& out, Id<Tag> const& id) {
    out += Tag::prefix;
    out += '-';
    out += to_string(id.environment);
    out += '-';
    append_uuid(out, id.uuid);
}

template <class Tag>
[[nodiscard]] std::string to_string(Id<Tag> const& id) {
    std::string text;
    text.reserve(Tag::prefix.size() + 6 + uuid_text_size);
    append_id(text, id);
    return text;
}

/// Reads exactly what append_id writes; anything else is nullopt.
template <class IdType>
[[nodiscard]] std::optional<IdType> parse_id(std::string_view text) noexcept;

namespace detail {

/// Splits "<prefix>-<env>-<uuid>"; nullopt unless the prefix is `prefix`.
struct ParsedId {
    Environment environment;
    Uuid uuid;
};
[[nodiscard]] std::optional<ParsedId> parse_id(std::string_view prefix,
                                               std::string_view text) noexcept;

template <class T>
struct TagOf;
template <class Tag>
struct TagOf<Id<Tag>> {
    using type = Tag;
};

}  // namespace detail

template <class IdType>
std::optional<IdType> parse_id(std::string_view text) noexcept {
    auto const parsed = detail::parse_id(detail::TagOf<IdType>::type::prefix, text);
    if (!parsed) return std::nullopt;
    return IdType{parsed->environment, parsed->uuid};
}

struct ProjectTag {
    static constexpr std::string_view prefix = "project";
};
struct PublicTokenTag {
    static constexpr std::string_view prefix = "public-token";
};
struct RequestTag {
    static constexpr std::string_view prefix = "request-id";
};
struct OrganizationTag {
    static constexpr std::string_view prefix = "organization";
};
struct MemberTag {
    static constexpr std::string_view prefix = "member";
};
struct ConnectionTag {
    static constexpr std::string_view prefix = "scim-connection";
};
struct GroupTag {
    static constexpr std::string_view prefix = "scim-group";
};
struct RegistrationTag {
    static constexpr std::string_view prefix = "scim-registration";
};
struct EventTag {
    static constexpr std::string_view prefix = "webhook-event";
};
struct SessionTag {
    static constexpr std::string_view prefix = "session";
};
struct SigningKeyTag {
    static constexpr std::string_view prefix = "jwk";
};
struct TokenProfileTag {
    static constexpr std::string_view prefix = "trusted-auth-token-profile";
};
struct PasswordTag {
    static constexpr std::string_view prefix = "member-password";
};

using ProjectId = Id<ProjectTag>;
using PublicToken = Id<PublicTokenTag>;
using RequestId = Id<RequestTag>;
using OrganizationId = Id<OrganizationTag>;
using MemberId = Id<MemberTag>;
using ConnectionId = Id<ConnectionTag>;
using GroupId = Id<GroupTag>;
using RegistrationId = Id<RegistrationTag>;
using EventId = Id<EventTag>;
using SessionId = Id<SessionTag>;
using SigningKeyId = Id<SigningKeyTag>;
using TokenProfileId = Id<TokenProfileTag>;
using PasswordId = Id<PasswordTag>;

}  // namespace rollcall

template <class Tag>
struct std::hash<rollcall::Id<Tag>> {
    std::size_t operator()(rollcall::Id<Tag> const& id) const noexcept {
        return std::hash<rollcall::Uuid>{}(id.uuid);
    }
};
