// PatchOp messages (RFC 7644 §3.5.2; checklist P-02 to P-18).
#include "base/text.hpp"
#include "scim/filter_parser.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/patch.hpp"
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

// Message keys are found in any case (checklist I-02).
value const* find_key(boost::json::object const& object, std::string_view name) {
    if (auto const* exact = object.if_contains({name.data(), name.size()})) return exact;
    for (auto const& part : object) {
        if (same_name({part.key().data(), part.key().size()}, name)) return &part.value();
    }
    return nullptr;
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

    Status read(value const& given) {
        auto const* object = given.if_object();
        if (object == nullptr) {
            return fail(syntax_error("Operations: every operation must be an object."));
        }
        PatchOperation operation;
        CHECK(read_op(*object, operation));
        CHECK(read_path(*object, operation));
        note_extra_keys(*object);
        auto const* operand = find_key(*object, "value");
        CHECK(check_value(operation, operand));
        if (operand == nullptr || operation.path || !operand->is_object()) {
            if (operand != nullptr) operation.value = *operand;
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
        return split_paths({PatchOp::replace, false, std::nullopt, std::nullopt}, parts);
    }

    PatchRequest take() && { return std::move(request_); }

private:
    // Checklist I-23.
    void note_extra_keys(boost::json::object const& object) {
        for (auto const& part : object) {
            auto const name = std::string_view(part.key().data(), part.key().size());
            auto const known =
                same_name(name, "op") || same_name(name, "path") || same_name(name, "value");
            if (!known) add_note(notes_, name, "an unknown key of an operation was left out");
        }
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
            return fail(syntax_error("op: must be add, remove or replace."));
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
            return fail({ErrorCode::invalid_path, "path: must be a string."});
        }
        auto const trimmed = trim(as_text(*text));
        if (trimmed.empty()) return {};
        auto parsed = parse_path(trimmed, type_, limits_);
        if (!parsed && operation.op == PatchOp::remove) {
            operation.path = parse_comparison_path(trimmed, type_, limits_);
            if (operation.path) return {};
        }
        if (!parsed) return fail(std::move(parsed).error());
        operation.path = *std::move(parsed);
        return {};
    }

    static Status check_value(PatchOperation const& operation, value const* operand) {
        if (operation.op == PatchOp::remove) {
            // RFC 7644 §3.5.2.2: removing without a path is noTarget; an object that names
            // attributes stands for paths (checklist I-25).
            if (operation.path || (operand != nullptr && operand->is_object())) return {};
            return fail({ErrorCode::no_target, "path: remove needs a path."});
        }
        if (operand == nullptr)
            return fail(value_error("value", "is required for add and replace"));
        if (!operation.path && !operand->is_object()) {
            return fail(value_error("value", "must be an object when there is no path"));
        }
        return {};
    }

    // Keys that are paths become operations of their own, in the object's order (checklist I-14).
    Status split_paths(PatchOperation const& whole, boost::json::object const& parts) {
        auto const plain = [&] {
            PatchOperation operation{whole.op, whole.op_capitalised, std::nullopt, std::nullopt};
            operation.value.emplace(boost::json::object());
            return operation;
        };
        auto rest = plain();
        bool emitted = false;
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
            CHECK(append({whole.op, whole.op_capitalised, std::move(path), part.value(), true}));
            emitted = true;
        }
        if (emitted && rest.value->get_object().empty()) return {};
        return append(std::move(rest));
    }

    // nullopt for the name of an attribute or schema, and for what the type does not have.
    Result<std::optional<Path>> read_key(std::string_view name) {
        if (!looks_like_path(name) || type_.find_schema(name) != nullptr) return std::nullopt;
        return parse_path_key(name, type_, limits_);
    }

    Status append(PatchOperation operation) {
        if (request_.operations.size() == limits_.patch_operations_max) {
            return fail({ErrorCode::too_many,
                         fmt::format("Operations: at most {} operations can be applied at once.",
                                     limits_.patch_operations_max)});
        }
        request_.operations.push_back(std::move(operation));
        return {};
    }

    ResourceType const& type_;
    Limits const& limits_;
    Notes& notes_;
    PatchRequest request_;
};

}  // namespace

Result<PatchRequest> parse_patch(value const& body, ResourceType const& type, Limits const& limits,
                                 Notes& notes) {
    auto const* object = body.if_object();
    if (object == nullptr) return fail(syntax_error("The body must be a JSON object."));
    auto const* operations = find_key(*object, "Operations");
    auto const* list = operations != nullptr ? operations->if_array() : nullptr;
    if (list == nullptr || list->empty()) {
        return fail(syntax_error("Operations: must be a list of at least one operation."));
    }
    for (auto const& part : *object) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        // Checklist I-23.
        auto const known = same_name(name, "Operations") || same_name(name, "schemas");
        if (!known) add_note(notes, name, "an unknown key of the message was left out");
    }
    OperationReader reader(type, limits, notes);
    for (auto const& operation : *list) CHECK(reader.read(operation));
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
