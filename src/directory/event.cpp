// Event names (directory behaviour §9.1).
#include "directory/event.hpp"

#include <fmt/format.h>

namespace rollcall::directory {

std::string_view to_string(EventObject object) noexcept {
    switch (object) {
        case EventObject::organization:
            return "organization";
        case EventObject::member:
            return "member";
        case EventObject::scim_connection:
            return "scim_connection";
        case EventObject::scim_group:
            return "scim_group";
        case EventObject::scim_member_group:
            return "scim_member_group";
    }
    return "";
}

std::string_view to_string(EventAction action) noexcept {
    switch (action) {
        case EventAction::create:
            return "create";
        case EventAction::update:
            return "update";
        case EventAction::remove:
            return "delete";
    }
    return "";
}

std::string_view to_string(EventSource source) noexcept {
    switch (source) {
        case EventSource::direct:
            return "direct";
        case EventSource::dashboard:
            return "dashboard";
        case EventSource::scim:
            return "scim";
    }
    return "";
}

std::string event_name(Event const& event) {
    return fmt::format("{}.{}.{}", to_string(event.source), to_string(event.object),
                       to_string(event.action));
}

}  // namespace rollcall::directory
