// Writes JSON objects by appending to a string.
#pragma once

#include "base/timestamp.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::api::management {

/// Appends members of a JSON object, without its braces, to a text that holds nothing but such
/// members. Names are constants and need no escaping; values are escaped.
class JsonMembers {
public:
    explicit JsonMembers(std::string& out) : out_(out), first_(out.empty()) {}
    JsonMembers(JsonMembers const&) = delete;
    JsonMembers& operator=(JsonMembers const&) = delete;

    void text(std::string_view name, std::string_view value);
    /// null when absent.
    void text_or_null(std::string_view name, std::optional<std::string> const& value);
    void time(std::string_view name, Timestamp value);
    void number(std::string_view name, unsigned value);
    void boolean(std::string_view name, bool value);
    void null(std::string_view name);
    void texts(std::string_view name, std::vector<std::string> const& values);
    void document(std::string_view name, boost::json::object const& value);
    /// Writes the name; the caller appends the value.
    std::string& value(std::string_view name);

protected:
    JsonMembers(std::string& out, char brace) : out_(out) { out_ += brace; }
    void end(char brace) { out_ += brace; }

private:
    std::string& out_;
    bool first_ = true;
};

/// The same for a whole object, behind whatever the text holds already.
class JsonObject : public JsonMembers {
public:
    explicit JsonObject(std::string& out) : JsonMembers(out, '{') {}
    void close() { end('}'); }
};

/// Appends "[…]", calling `append(out, element)` for each.
template <class List, class Append>
void append_list(std::string& out, List const& list, Append append) {
    out += '[';
    bool first = true;
    for (auto const& element : list) {
        if (!first) out += ',';
        first = false;
        append(out, element);
    }
    out += ']';
}

/// Appends a JSON string with its quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace rollcall::api::management
