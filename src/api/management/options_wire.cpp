// Driven by the table of options; nothing here knows one of them by name.
#include "api/management/options_wire.hpp"

#include "api/management/json.hpp"

namespace rollcall::api::management {
namespace {

void option_to_json(JsonObject& object, directory::ConnectionOption const& option,
                    scim::Profile const& profile, directory::ConnectionOptions const& set) {
    auto const value = profile.*option.profile;
    JsonObject entry(object.value(option.name));
    if (option.is_boolean()) {
        entry.boolean("value", value);
    } else {
        entry.text("value", option.value_of(value));
    }
    entry.text("source", set.*option.setting ? "connection" : "provider");
    entry.close();
}

}  // namespace

Result<directory::ConnectionOptions> options_from_json(boost::json::object const& body) {
    directory::ConnectionOptions options;
    for (auto const& [name, value] : body) {
        if (value.is_null()) {
            CHECK(directory::unset_option(options, name));
        } else if (auto const* truth = value.if_bool()) {
            CHECK(directory::set_option(options, name, *truth ? "true" : "false"));
        } else {
            auto const* text = value.if_string();
            CHECK(directory::set_option(options, name, text != nullptr ? *text : ""));
        }
    }
    return options;
}

void options_to_json(std::string& out, directory::Connection const& connection) {
    auto const profile =
        directory::effective_profile(connection.identity_provider, connection.options);
    JsonMembers members(out);
    members.text("organization_id", to_string(connection.organization));
    members.text("connection_id", to_string(connection.id));
    members.text("identity_provider", to_string(connection.identity_provider));
    JsonObject options(members.value("options"));
    for (auto const& option : directory::connection_options()) {
        option_to_json(options, option, profile, connection.options);
    }
    options.close();
}

}  // namespace rollcall::api::management
