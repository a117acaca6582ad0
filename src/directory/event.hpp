// Events: what happened, in order, written in the transaction that made it happen (contract of
// directory behaviour §9).
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::directory {

enum class EventObject : std::uint8_t {
    organization,
    member,
    scim_connection,
    scim_group,
    scim_member_group
};
enum class EventAction : std::uint8_t { create, update, remove };
enum class EventSource : std::uint8_t { direct, dashboard, scim };

/// One event as planned. The store adds its position in the order.
///
/// `object_id` is the id of the object ("member-test-…"), of the member for scim_member_group,
/// whose group is `related_id`. `label` is the display name at that time (group or connection name,
/// member address); never a secret.
struct Event {
    EventId id;
    EventSource source = EventSource::direct;
    EventObject object = EventObject::member;
    EventAction action = EventAction::update;
    std::string object_id;
    std::string related_id;
    std::string label;
    Timestamp occurred_at;
};

/// "scim.member.create" (directory behaviour §9.1; `remove` prints as "delete").
[[nodiscard]] std::string event_name(Event const& event);

[[nodiscard]] std::string_view to_string(EventObject object) noexcept;
[[nodiscard]] std::string_view to_string(EventAction action) noexcept;
[[nodiscard]] std::string_view to_string(EventSource source) noexcept;

}  // namespace rollcall::directory
