// From canonical SCIM attributes to a member's address, name and status.
#include "directory/user_plan.hpp"

#include "base/text.hpp"
#include "directory/link.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace rollcall::directory {
namespace {

std::string_view text_at(boost::json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return value->get_string();
}

bool is_true(boost::json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// One '@' with something on both sides and nothing that cannot stand in an address. Only tells a
/// userName that is an address from one that is a login name.
bool looks_like_address(std::string_view text) {
    auto const at = text.find('@');
    return at != std::string_view::npos && at != 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t,;<>") == std::string_view::npos && !has_control_character(text);
}

boost::json::array const* emails_of(boost::json::object const& attributes) {
    auto const* emails = attributes.if_contains("emails");
    return emails == nullptr ? nullptr : emails->if_array();
}

std::string_view choose_address(boost::json::object const& attributes) {
    std::string_view first;
    if (auto const* emails = emails_of(attributes)) {
        for (auto const& element : *emails) {
            auto const* email = element.if_object();
            if (email == nullptr) continue;
            auto const value = text_at(*email, "value");
            if (!looks_like_address(value)) continue;
            if (is_true(*email, "primary")) return value;
            if (first.empty()) first = value;
        }
    }
    if (!first.empty()) return first;
    auto const user_name = text_at(attributes, "userName");
    return looks_like_address(user_name) ? user_name : std::string_view{};
}

std::string choose_name(boost::json::object const& attributes) {
    if (auto const display = text_at(attributes, "displayName"); !display.empty()) {
        return std::string(display);
    }
    auto const* value = attributes.if_contains("name");
    auto const* name = value == nullptr ? nullptr : value->if_object();
    if (name == nullptr) return {};
    if (auto const formatted = text_at(*name, "formatted"); !formatted.empty()) {
        return std::string(formatted);
    }
    std::string full(text_at(*name, "givenName"));
    auto const family = text_at(*name, "familyName");
    if (!full.empty() && !family.empty()) full += ' ';
    full += family;
    return full;
}

std::vector<EmailKey> email_keys(boost::json::object const& attributes) {
    std::vector<EmailKey> keys;
    auto const* emails = emails_of(attributes);
    if (emails == nullptr) return keys;
    keys.reserve(emails->size());
    for (auto const& element : *emails) {
        auto const* email = element.if_object();
        if (email == nullptr) continue;
        auto const value = text_at(*email, "value");
        if (value.empty()) continue;
        EmailKey key{fold(value), fold(text_at(*email, "type"))};
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
    }
    return keys;
}

MemberStatus status_of(boost::json::object const& attributes) {
    auto const* active = attributes.if_contains("active");
    auto const inactive = active != nullptr && active->is_bool() && !active->get_bool();
    return inactive ? MemberStatus::deleted : MemberStatus::active;
}

Event member_event(EventId const& id, EventAction action, MemberId const& member,
                   std::string_view label, Timestamp now) {
    return {id,
            EventSource::scim,
            EventObject::member,
            action,
            to_string(member),
            {},
            std::string(label),
            now};
}

/// Deprovisioning has an event of its own; every other change of a known member is an update.
EventAction action_between(MemberStatus before, MemberStatus after) {
    auto const leaves = before != MemberStatus::deleted && after == MemberStatus::deleted;
    return leaves ? EventAction::remove : EventAction::update;
}

}  // namespace

boost::json::object plan_new_attributes(scim::ResourceBody body) {
    if (!body.attributes.contains("active") &&
        std::ranges::find(body.cleared, "active") == body.cleared.end()) {
        body.attributes.emplace("active", true);
    }
    return std::move(body.attributes);
}

UserState plan_user(boost::json::object attributes) {
    UserState state;
    state.user_name_key = fold_user_name(text_at(attributes, "userName"));
    if (auto const id = text_at(attributes, "externalId"); !id.empty()) state.external_id = id;
    if (auto const name = text_at(attributes, "displayName"); !name.empty()) {
        state.display_name_key = fold(name);
    }
    state.emails = email_keys(attributes);
    state.email_address = choose_address(attributes);
    state.email_key = fold(state.email_address);
    state.name = choose_name(attributes);
    state.status = status_of(attributes);
    state.attributes = std::move(attributes);
    return state;
}

Result<UserCreation> plan_user_creation(UserState state, std::span<LinkCandidate const> candidates,
                                        UserCreationIds const& ids, Timestamp now) {
    TRY(auto const link, plan_link(state, candidates));
    auto const* existing = std::get_if<ExistingMember>(&link.target);
    auto const action = link.former_status ? action_between(*link.former_status, state.status)
                                           : EventAction::create;
    auto event = member_event(ids.event, action, existing ? existing->id : ids.member,
                              state.email_address, now);
    return UserCreation{.new_member_id = ids.member,
                        .registration = ids.registration,
                        .link = link.target,
                        .state = std::move(state),
                        .events = {std::move(event)},
                        .now = now};
}

std::optional<UserUpdate> plan_user_update(User const& stored, boost::json::object next,
                                           EventId const& event, Timestamp now) {
    if (next == stored.attributes) return std::nullopt;
    auto state = plan_user(std::move(next));
    auto const action = action_between(status_of(stored.attributes), state.status);
    auto change = member_event(event, action, stored.id, state.email_address, now);
    return UserUpdate{std::move(state), stored.version, {std::move(change)}, now};
}

Event plan_user_removal(User const& stored, EventId const& event, Timestamp now) {
    return member_event(event, EventAction::remove, stored.id, choose_address(stored.attributes),
                        now);
}

}  // namespace rollcall::directory
