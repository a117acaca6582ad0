// BulkRequest messages (RFC 7644 §3.7; checklist B-02, B-03, B-12, B-15, B-16).
#include "base/text.hpp"
#include "scim/bulk.hpp"
#include "scim/message.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <unordered_set>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

Error syntax_error(std::string message) {
    return {ErrorCode::invalid_syntax, std::move(message)};
}

/// What is given for a key; null counts as absent.
value* find_given(object& message, std::string_view name) {
    auto* found = find_key(message, name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

Error fail_on_errors_error() {
    return {ErrorCode::invalid_value, "failOnErrors: must be an integer of at least 0."};
}

/// 0 says what leaving it out says: no number of errors ends the request.
Result<std::optional<std::size_t>> read_fail_on_errors(object& message) {
    auto* given = find_given(message, "failOnErrors");
    if (given == nullptr) return std::nullopt;
    auto number = std::optional<value>(*given);
    if (auto const* text = given->if_string()) number = read_number_text(as_text(*text));
    if (!number || !number->is_number()) return fail(fail_on_errors_error());
    boost::system::error_code error;
    auto const count = number->to_number<std::size_t>(error);
    if (error) return fail(fail_on_errors_error());
    return count == 0 ? std::nullopt : std::optional(count);
}

std::optional<BulkMethod> read_method(std::string_view word) {
    for (auto const method :
         {BulkMethod::post, BulkMethod::put, BulkMethod::patch, BulkMethod::delete_}) {
        if (equal_ascii_case(word, to_string(method))) return method;
    }
    return std::nullopt;
}

/// "/Users/1" from "Users/1/", "https://…/Users/1", "/Users/1?attributes=id".
std::string normalise_path(std::string_view path, std::string_view base) {
    if (path.starts_with(base) && path.substr(base.size()).starts_with('/')) {
        path.remove_prefix(base.size());
    }
    path = path.substr(0, path.find('?'));
    while (path.starts_with('/')) path.remove_prefix(1);
    while (path.ends_with('/')) path.remove_suffix(1);
    // Checklist H-05; a path that something is appended to must not have it.
    constexpr std::string_view suffix = ".scim";
    if (path.ends_with(suffix)) path.remove_suffix(suffix.size());
    return fmt::format("/{}", path);
}

/// A bare list of operations is a PatchOp message too (EID 5050).
value patch_message(value data) {
    if (!data.is_array()) return data;
    return object{{"Operations", std::move(data)}};
}

/// Reads one element of `Operations`.
class OperationReader {
public:
    OperationReader(std::string_view base, Notes& notes) : base_(base), notes_(notes) {}

    Result<BulkOperation> read(value& given, std::size_t index) {
        auto const name = fmt::format("Operations[{}]", index);
        auto* message = given.if_object();
        if (message == nullptr) return fail(syntax_error(name + ": must be an object."));
        BulkOperation operation;
        TRY(auto const method, read_text(*message, name, "method"));
        auto const known = read_method(trim(method));
        if (!known) {
            return fail(syntax_error(name + ".method: must be POST, PUT, PATCH or DELETE."));
        }
        operation.method = *known;
        TRY(auto const path, read_text(*message, name, "path"));
        if (trim(path).empty()) return fail(syntax_error(name + ".path: is required."));
        if (path.find('?') != std::string::npos) {
            add_note(notes_, name, "the query of the path was ignored");
        }
        operation.path = normalise_path(trim(path), base_);
        TRY(operation.bulk_id, read_text(*message, name, "bulkId"));
        TRY(operation.version, read_text(*message, name, "version"));
        CHECK(read_data(*message, name, operation));
        note_extra_keys(*message, name);
        return operation;
    }

private:
    /// The text of a member; empty if it is absent.
    static Result<std::string> read_text(object& message, std::string_view name,
                                         std::string_view key) {
        auto* given = find_given(message, key);
        if (given == nullptr) return std::string();
        auto const* text = given->if_string();
        if (text == nullptr) {
            return fail(syntax_error(fmt::format("{}.{}: must be a string.", name, key)));
        }
        return std::string(as_text(*text));
    }

    void note_extra_keys(object const& message, std::string_view name) {
        Notes unknown;
        note_unknown_keys(message, {"method", "path", "bulkId", "version", "data"},
                          unknown_of_operation, unknown);
        for (auto const& note : unknown) add_note(notes_, name, note);
    }

    Status read_data(object& message, std::string const& name, BulkOperation& operation) {
        auto* data = find_given(message, "data");
        if (operation.method == BulkMethod::delete_) {
            if (data != nullptr) add_note(notes_, name, "the data of a DELETE was ignored");
            return {};
        }
        if (data == nullptr) {
            return fail(syntax_error(
                fmt::format("{}.data: is required for {}.", name, to_string(operation.method))));
        }
        operation.data = operation.method == BulkMethod::patch ? patch_message(std::move(*data))
                                                               : std::move(*data);
        return {};
    }

    std::string_view base_;
    Notes& notes_;
};

Error too_many_operations(std::size_t given, Limits const& limits) {
    return {ErrorCode::payload_too_large,
            fmt::format("Operations: maxOperations is {}, and there are {}.",
                        limits.bulk_operations_max, given)};
}

}  // namespace

std::string_view to_string(BulkMethod method) noexcept {
    switch (method) {
        case BulkMethod::post:
            return "POST";
        case BulkMethod::put:
            return "PUT";
        case BulkMethod::patch:
            return "PATCH";
        case BulkMethod::delete_:
            return "DELETE";
    }
    return "POST";
}

Result<BulkRequest> parse_bulk(value body, std::string_view base, Limits const& limits,
                               Notes& notes) {
    auto* message = body.if_object();
    if (message == nullptr) return fail(syntax_error("The body must be a JSON object."));
    CHECK(check_message_schemas(*message, "BulkRequest", notes));
    note_unknown_keys(*message, {"schemas", "failOnErrors", "Operations"}, unknown_of_message,
                      notes);
    BulkRequest request;
    TRY(request.fail_on_errors, read_fail_on_errors(*message));
    auto* given = find_given(*message, "Operations");
    auto* list = given != nullptr ? given->if_array() : nullptr;
    if (list == nullptr || list->empty()) {
        return fail(syntax_error("Operations: must be a list of at least one operation."));
    }
    if (list->size() > limits.bulk_operations_max) {
        return fail(too_many_operations(list->size(), limits));
    }
    OperationReader reader(base, notes);
    std::unordered_set<std::string> bulk_ids;
    for (auto& element : *list) {
        TRY(auto operation, reader.read(element, request.operations.size()));
        if (!operation.bulk_id.empty() && !bulk_ids.insert(operation.bulk_id).second) {
            return fail({ErrorCode::invalid_value,
                         fmt::format("bulkId: \"{}\" is given to more than one operation.",
                                     shown_name(operation.bulk_id))});
        }
        request.operations.push_back(std::move(operation));
    }
    return request;
}

}  // namespace rollcall::scim
