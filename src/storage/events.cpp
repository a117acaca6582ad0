// Making of group and membership events.
#include "storage/events.hpp"

namespace rollcall::storage {

using directory::Event;
using directory::EventAction;
using directory::EventObject;
using directory::EventSource;

Event group_event(crypto::IdSource& ids, EventAction action, GroupId const& group,
                  std::string_view display_name, Timestamp now) {
    return {.id = {group.environment, ids.ordered_uuid(now)},
            .source = EventSource::scim,
            .object = EventObject::scim_group,
            .action = action,
            .object_id = to_string(group),
            .related_id = {},
            .label = std::string(display_name),
            .occurred_at = now};
}

Event membership_event(crypto::IdSource& ids, EventAction action, MemberId const& member,
                       GroupId const& group, std::string_view group_name, Timestamp now) {
    return {.id = {group.environment, ids.ordered_uuid(now)},
            .source = EventSource::scim,
            .object = EventObject::scim_member_group,
            .action = action,
            .object_id = to_string(member),
            .related_id = to_string(group),
            .label = std::string(group_name),
            .occurred_at = now};
}

}  // namespace rollcall::storage
