// Members of JSON objects.
#include "api/management/json.hpp"

#include "base/text.hpp"

#include <boost/json/serialize.hpp>

namespace rollcall::api::management {

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    append_json_escaped(out, text);
    out += '"';
}

std::string& JsonMembers::value(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
}

void JsonMembers::text(std::string_view name, std::string_view value_text) {
    append_json_text(value(name), value_text);
}

void JsonMembers::text_or_null(std::string_view name,
                               std::optional<std::string> const& value_text) {
    if (value_text) {
        text(name, *value_text);
    } else {
        null(name);
    }
}

void JsonMembers::time(std::string_view name, Timestamp instant) {
    text(name, format_seconds(instant));
}

void JsonMembers::number(std::string_view name, unsigned number) {
    value(name) += std::to_string(number);
}

void JsonMembers::boolean(std::string_view name, bool truth) {
    value(name) += truth ? "true" : "false";
}

void JsonMembers::null(std::string_view name) {
    value(name) += "null";
}

void JsonMembers::texts(std::string_view name, std::vector<std::string> const& values) {
    append_list(value(name), values, append_json_text);
}

void JsonMembers::document(std::string_view name, boost::json::object const& object) {
    value(name) += boost::json::serialize(object);
}

}  // namespace rollcall::api::management
