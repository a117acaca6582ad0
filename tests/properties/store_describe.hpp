// Values of the store as text, so that two stores can be compared and a difference can be read.
#pragma once

#include "storage/store.hpp"

#include <string>
#include <vector>

namespace rollcall::tests {

[[nodiscard]] std::string describe(Error const& error);
[[nodiscard]] std::string describe(bool value);
[[nodiscard]] std::string describe(std::size_t value);
[[nodiscard]] std::string describe(directory::User const& user);
[[nodiscard]] std::string describe(directory::Group const& group);
[[nodiscard]] std::string describe(directory::AppliedGroupChange const& change);
[[nodiscard]] std::string describe(directory::GroupSummary const& summary);
[[nodiscard]] std::string describe(directory::LinkCandidate const& candidate);
[[nodiscard]] std::string describe(directory::RoleBasis const& basis);
[[nodiscard]] std::string describe(directory::MemberRecord const& record);
[[nodiscard]] std::string describe(directory::UserPage const& page);
[[nodiscard]] std::string describe(directory::GroupPage const& page);
[[nodiscard]] std::string describe(storage::ConnectionRecord const& record);
/// Without the event's own id and its exact position, which differ.
[[nodiscard]] std::string describe(storage::StoredEvent const& event);
[[nodiscard]] std::string describe(std::pair<MemberId, std::optional<std::string>> const& resolved);
[[nodiscard]] std::string describe(directory::Session const& session);
[[nodiscard]] std::string describe(storage::SessionRecord const& record);
[[nodiscard]] std::string describe(directory::SigningKey const& key);
[[nodiscard]] std::string describe(directory::TokenProfile const& profile);
[[nodiscard]] std::string describe(directory::MemberPassword const& password);
[[nodiscard]] std::string describe(
    std::pair<storage::OrganizationKey, directory::ImpersonationToken> const& taken);
[[nodiscard]] std::string describe(directory::ProjectPolicy const& policy);
[[nodiscard]] std::string describe(directory::OrganizationPolicy const& policy);

template <class T>
std::string describe(std::vector<T> const& values);

template <class T>
std::string describe(std::optional<T> const& value) {
    return value ? describe(*value) : "nothing";
}

template <class T>
std::string describe(std::vector<T> const& values) {
    std::string text;
    for (auto const& value : values) text += describe(value) + "\n";
    return text;
}

template <class T>
std::string describe(Result<T> const& result) {
    if (!result) return describe(result.error());
    if constexpr (std::is_void_v<T>) {
        return "done";
    } else {
        return describe(*result);
    }
}

}  // namespace rollcall::tests
