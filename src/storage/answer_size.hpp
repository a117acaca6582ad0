// How much one answer holds; counted in the same way by every implementation.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/group.hpp"
#include "directory/user.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace rollcall::storage {

/// What an answer holds so far and may hold: members of groups, or groups of users, and bytes.
/// These are the bytes of stored texts: a user's attributes as JSON; a group's displayName,
/// externalId, and extensions as JSON; names of groups shown on users; displays of members.
///
/// What does not fit is an error, too_many, and counts nothing.
class AnswerSize {
public:
    constexpr AnswerSize(std::size_t members_max, std::size_t bytes_max) noexcept
        : members_max_(members_max), bytes_max_(bytes_max) {}
    explicit AnswerSize(Limits const& limits) noexcept
        : AnswerSize(limits.response_members_max, limits.response_bytes_max) {}

    // Resources themselves. The first one always fits: nobody could ask for less.
    [[nodiscard]] Status add_user(std::size_t attributes_bytes);
    [[nodiscard]] Status add_group(directory::Group const& group, std::size_t extensions_bytes);

    // What is shown on them.
    [[nodiscard]] Status add_group_of_user(directory::GroupOfUser const& group);
    [[nodiscard]] Status add_members(std::uint64_t count);
    /// Of one of those members.
    [[nodiscard]] Status add_display(std::optional<std::string> const& display);

    /// What was only examined is not held.
    void forget_bytes() noexcept { bytes_ = 0; }

    [[nodiscard]] std::size_t members() const noexcept { return members_; }
    [[nodiscard]] std::size_t members_left() const noexcept { return members_max_ - members_; }
    [[nodiscard]] std::size_t members_max() const noexcept { return members_max_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::size_t bytes_max() const noexcept { return bytes_max_; }

private:
    [[nodiscard]] bool add_bytes(std::size_t bytes) noexcept;
    [[nodiscard]] bool add_resource(std::size_t bytes) noexcept;

    std::size_t members_max_;
    std::size_t bytes_max_;
    std::size_t members_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace rollcall::storage
