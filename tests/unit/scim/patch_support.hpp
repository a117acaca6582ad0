// Applying operations written as JSON to a resource written as JSON.
#pragma once

#include "scim/json.hpp"
#include "support.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace rollcall::scim {

/// A user or group under test; every call starts from the same state.
struct Patching {
    boost::json::object before;
    ResourceType const& type = user_type();
    Profile profile = {};
    mutable Notes notes = {};

    /// @param operations  the elements of `Operations`, comma-separated.
    [[nodiscard]] Result<boost::json::object> apply(std::string_view operations) const {
        notes.clear();
        auto const body = parse_json(fmt::format(R"({{"Operations":[{}]}})", operations),
                                     Keys::without_case, limits);
        if (!body) return fail(body.error());
        auto const request = parse_patch(*body, type, limits, notes);
        if (!request) return fail(request.error());
        auto const kept = before;
        auto result = apply_patch(before, *request, type, "id-1", profile, limits, notes);
        EXPECT_EQ(before, kept) << "the input was changed";
        return result;
    }

    [[nodiscard]] boost::json::value after(std::string_view operations) const {
        auto const result = apply(operations);
        EXPECT_TRUE(result.has_value()) << operations << "\n" << failure(result);
        return result ? boost::json::value(*result) : boost::json::value(nullptr);
    }

    /// The attribute `name` afterwards; null when it is gone.
    [[nodiscard]] boost::json::value attribute(std::string_view name,
                                               std::string_view operations) const {
        auto const result = after(operations);
        auto const* found = result.is_object()
                                ? result.get_object().if_contains({name.data(), name.size()})
                                : nullptr;
        return found != nullptr ? *found : nullptr;
    }

    [[nodiscard]] std::string_view code(std::string_view operations) const {
        return outcome(apply(operations));
    }

    [[nodiscard]] bool unchanged(std::string_view operations) const {
        return after(operations) == boost::json::value(before);
    }
};

inline constexpr std::string_view extension =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

}  // namespace rollcall::scim
