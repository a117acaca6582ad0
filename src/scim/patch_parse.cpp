// PatchOp messages (RFC 7644 §3.5.2; checklist P-02 to P-18).
#include "base/text.hpp"
#include "scim/elements.hpp"
#include "scim/filter_parser.hpp"
#include "scim/given_once.hpp"
#include "scim/message.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/patch.hpp"
#include "scim/patch_edit.hpp"
#include "scim/patch_editor.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::value;

Error syntax_error(std::string message) {
    return {ErrorCode::invalid_syntax, std::move(message)};
}

// An empty text is no value of a single-valued attribute (checklist I-26).
bool is_no_value(value const& given) {
    auto const* text = given.if_string();
    return is_nothing(given) || (text != nullptr && text->empty());
}

// EID 7122: `attribute eq "x"` in place of `attribute[value eq "x"]`, for removals (P-16).
std::optional<Path> parse_comparison_path(std::string_view text, ResourceType const& type,
                                          Limits const& limits) {
    auto const filter = parse_filter(text, type, limits);
    if (!filter) return std::nullopt;
    auto const* comparison = std::get_if<Comparison>(&filter->node);
    if (comparison == nullptr || comparison->op != Operator::eq) return std::nullopt;
    auto const& ref = comparison->attribute.ref;
    if (!ref || ref->attribute == nullptr || !ref->attribute->multi_valued) return std::nullopt;
    AttributeRef const whole{ref->extension, ref->attribute, nullptr};
    return Path{{ref->attribute->name, whole}, *filter, nullptr};
}

// Reads one element of `Operations` and appends what it means.
class OperationReader {
public:
    OperationReader(ResourceType const& type, Limits const& limits, Notes& notes)
        : type_(type), limits_(limits), notes_(notes) {}

    /// @param place  of the operation in the list.
    Status read(value const& given, std::size_t place) {
        place_ = place;
        auto const* object = given.if_object();
        if (object == nullptr) return fail(syntax_error(label("") + "must be an object."));
        PatchOperation operation;
        CHECK(read_op(*object, operation));
        CHECK(read_path(*object, operation));
        note_unknown_keys(*object, {"op", "path", "value"}, unknown_of_operation, notes_);
        auto const* operand = find_key(*object, "value");
        CHECK(check_value(operation, operand));
        if (operand == nullptr || operation.path || !operand->is_object()) {
            if (operand != nullptr) operation.value = *operand;
            drop_ignored_value(operation);
            return append(std::move(operation));
        }
        return split_paths(operation, operand->get_object());
    }

    /// A resource as one `replace` of everything it holds.
    Status read_whole(boost::json::object const& resource) {
        boost::json::object parts;
        for (auto const& part : resource) {
            // Not a wish to change the id (checklist W-06).
            if (!same_name({part.key().data(), part.key().size()}, "id")) {
                parts[part.key()] = part.value();
            }
        }
        if (parts.empty()) {
            add_note(notes_, "body", nothing_to_do);
            return {};
        }
        return split_paths({.op = PatchOp::replace}, parts);
    }

    PatchRequest take() && { return std::move(request_); }

private:
    // What an error begins with: "Operations[3].path: "; nothing if there are no operations.
    std::string label(std::string_view member) const {
        return place_ ? fmt::format("Operations[{}]{}: ", *place_, member) : std::string();
    }

    Error error_in(std::string_view member, Error const& error) const {
        return {error.code(), label(member) + error.message(), error.cause()};
    }

    Status read_op(boost::json::object const& object, PatchOperation& operation) {
        auto const* op = find_key(object, "op");
        auto const* text = op != nullptr ? op->if_string() : nullptr;
        auto const word = text != nullptr ? as_text(*text) : std::string_view();
        if (same_name(word, "add")) {
            operation.op = PatchOp::add;
        } else if (same_name(word, "remove")) {
            operation.op = PatchOp::remove;
        } else if (same_name(word, "replace")) {
            operation.op = PatchOp::replace;
        } else {
            return fail(syntax_error(label(".op") + "must be add, remove or replace."));
        }
        operation.op_capitalised =
            std::ranges::any_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
        return {};
    }

    Status read_path(boost::json::object const& object, PatchOperation& operation) {
        auto const* path = find_key(object, "path");
        if (path == nullptr || path->is_null()) return {};
        auto const* text = path->if_string();
        if (text == nullptr) {
            return fail({ErrorCode::invalid_path, label(".path") + "must be a string."});
        }
        if (trim(as_text(*text)).empty()) return {};
        auto parsed = parse_path(as_text(*text), type_, limits_);
        if (!parsed && operation.op == PatchOp::remove) {
            operation.path = parse_comparison_path(as_text(*text), type_, limits_);
            if (operation.path) return {};
        }
        if (!parsed) return fail(error_in(".path", parsed.error()));
        operation.path = *std::move(parsed);
        return {};
    }

    Status check_value(PatchOperation const& operation, value const* operand) const {
        auto const* parts = operand != nullptr ? operand->if_object() : nullptr;
        if (operation.op == PatchOp::remove) {
            // RFC 7644 §3.5.2.2: removing without a path is noTarget; an object that names
            // attributes stands for paths (checklist I-25).
            if (operation.path || (parts != nullptr && !parts->empty())) return {};
            return fail(
                {ErrorCode::no_target,
                 label(".path") + "remove needs a path, or a value that names attributes."});
        }
        if (operand == nullptr) {
            return fail(
                {ErrorCode::invalid_value, label(".value") + "is required for add and replace."});
        }
        if (!operation.path && parts == nullptr) {
            return fail({ErrorCode::invalid_value,
                         label(".value") + "must be an object when there is no path."});
        }
        return {};
    }

    // A removal takes the elements of a list that have its value (checklist P-37, P-38). A filter
    // has said already which are meant, and of one value there is nothing to choose (P-32).
    void drop_ignored_value(PatchOperation& operation) {
        auto const compares = operation.op == PatchOp::remove && operation.path && operation.value;
        if (!compares || !operation.path->attribute.ref) return;
        auto const* attribute = operation.path->attribute.ref->attribute;
        if (attribute == nullptr) return;
        if (attribute->multi_valued && !operation.path->filter) return;
        if (!is_no_value(*operation.value)) {
            add_note(notes_, outline(*operation.path), "the value of a remove was ignored");
        }
        operation.value.reset();
    }

    // Keys that are paths become operations of their own, in the object's order (checklist I-14).
    Status split_paths(PatchOperation const& whole, boost::json::object const& parts) {
        CHECK(check_given_once(parts, type_, limits_));
        auto const plain = [&] {
            PatchOperation operation{.op = whole.op, .op_capitalised = whole.op_capitalised};
            operation.value.emplace(boost::json::object());
            return operation;
        };
        auto rest = plain();
        for (auto const& part : parts) {
            TRY(auto path, read_key({part.key().data(), part.key().size()}));
            if (!path) {
                rest.value->get_object()[part.key()] = part.value();
                continue;
            }
            if (PatchEditor::is_read_only(*path)) {
                add_note(notes_, outline(*path), "a read-only attribute was left out");
                continue;
            }
            if (!rest.value->get_object().empty()) CHECK(append(std::exchange(rest, plain())));
            PatchOperation operation{whole.op, whole.op_capitalised, std::move(path), part.value(),
                                     true};
            // Of other lists only what has the value goes (checklist I-25).
            if (names_members(*operation.path)) drop_ignored_value(operation);
            CHECK(append(std::move(operation)));
        }
        if (rest.value->get_object().empty() && !parts.empty()) return {};
        return append(std::move(rest));
    }

    static bool names_members(Path const& path) {
        auto const& ref = path.attribute.ref;
        return ref && ref->attribute != nullptr && is_member_list(*ref->attribute);
    }

    // nullopt for the name of an attribute or schema, and for what the type does not have.
    Result<std::optional<Path>> read_key(std::string_view name) {
        if (!looks_like_path(name) || type_.find_schema(name) != nullptr) return std::nullopt;
        auto path = parse_path_key(name, type_, limits_);
        if (!path) return fail(error_in(".value", path.error()));
        return path;
    }

    Status append(PatchOperation operation) {
        if (request_.operations.size() == limits_.patch_operations_max) {
            return fail({ErrorCode::too_many,
                         fmt::format("Operations: at most {} operations can be applied at once.",
                                     limits_.patch_operations_max)});
        }
        operation.place = place_;
        request_.operations.push_back(std::move(operation));
        return {};
    }

    ResourceType const& type_;
    Limits const& limits_;
    Notes& notes_;
    std::optional<std::size_t> place_;
    PatchRequest request_;
};

}  // namespace

Result<PatchRequest> parse_patch(value const& body, ResourceType const& type, Limits const& limits,
                                 Notes& notes) {
    auto const* object = body.if_object();
    if (object == nullptr) return fail(syntax_error("The body must be a JSON object."));
    CHECK(check_message_schemas(*object, "PatchOp", notes));
    auto const* operations = find_key(*object, "Operations");
    auto const* list = operations != nullptr ? operations->if_array() : nullptr;
    if (list == nullptr || list->empty()) {
        return fail(syntax_error("Operations: must be a list of at least one operation."));
    }
    note_unknown_keys(*object, {"schemas", "Operations"}, unknown_of_message, notes);
    OperationReader reader(type, limits, notes);
    for (std::size_t place = 0; place < list->size(); ++place) {
        CHECK(reader.read((*list)[place], place));
    }
    return std::move(reader).take();
}

Result<PatchRequest> parse_merge(value const& body, ResourceType const& type, Limits const& limits,
                                 Notes& notes) {
    auto const* object = body.if_object();
    if (object == nullptr) return fail(syntax_error("The body must be a JSON object."));
    OperationReader reader(type, limits, notes);
    CHECK(reader.read_whole(*object));
    return std::move(reader).take();
}

}  // namespace rollcall::scim
