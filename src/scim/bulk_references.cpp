// Finding and replacing references. A string is a reference as a whole or as the end of a URL,
// so that a text which merely speaks of one stays as it is; a PATCH path has them as operands of
// its filter.
#include "scim/bulk_references.hpp"

#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

/// Where in a text a reference stands: all of it, and the bulkId in it.
struct Reference {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::string_view bulk_id(std::string_view text) const {
        return text.substr(begin, end - begin).substr(bulk_id_prefix.size());
    }
};

std::optional<Reference> find_in_value(std::string_view text) {
    if (text.starts_with(bulk_id_prefix)) return Reference{0, text.size()};
    auto const slash = text.find("/bulkId:");
    if (slash == std::string_view::npos) return std::nullopt;
    return Reference{slash + 1, text.size()};
}

bool is_name_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '$' || c == ':' || c == '.';
}

/// In quotes a reference ends with them, as a bare word where the word does (checklist F-35).
std::optional<Reference> find_in_expression(std::string_view text, std::size_t from) {
    auto begin = text.find(bulk_id_prefix, from);
    while (begin != std::string_view::npos && begin > 0 && is_name_character(text[begin - 1])) {
        begin = text.find(bulk_id_prefix, begin + 1);
    }
    if (begin == std::string_view::npos) return std::nullopt;
    auto const before = begin > 0 ? text[begin - 1] : ' ';
    auto const quoted = before == '"' || before == '\'';
    auto const end = quoted ? text.find(before, begin) : text.find_first_of(" \t)]\"'", begin);
    return Reference{begin, std::min(end, text.size())};
}

/// `Text` is a string of JSON or of the standard library.
template <class Text>
void visit_value_text(Text& text, ReferenceVisitor const& visit) {
    std::string_view const view(text.data(), text.size());
    auto const found = find_in_value(view);
    if (!found) return;
    if (auto const id = visit(found->bulk_id(view))) {
        text.replace(found->begin, found->end - found->begin, *id);
    }
}

/// The expression with what `visit` made of its references.
std::string visit_expression(std::string_view text, ReferenceVisitor const& visit) {
    std::string out;
    std::size_t done = 0;
    while (auto const found = find_in_expression(text, done)) {
        auto const id = visit(found->bulk_id(text));
        out += text.substr(done, found->begin - done);
        out += id ? std::string_view(*id) : text.substr(found->begin, found->end - found->begin);
        done = found->end;
    }
    out += text.substr(done);
    return out;
}

/// Keys may be PATCH paths with filters (checklist I-14).
void visit_keys(object& parts, ReferenceVisitor const& visit) {
    auto const refers = [](boost::json::key_value_pair const& part) {
        return find_in_expression({part.key().data(), part.key().size()}, 0).has_value();
    };
    if (std::ranges::none_of(parts, refers)) return;
    object renamed;
    for (auto& part : parts) {
        auto const key = visit_expression({part.key().data(), part.key().size()}, visit);
        renamed[key] = std::move(part.value());
    }
    parts = std::move(renamed);
}

void visit_patch_operation(object& operation, ReferenceVisitor const& visit) {
    for (auto& part : operation) {
        auto const key = std::string_view(part.key().data(), part.key().size());
        auto* text = part.value().if_string();
        if (text != nullptr && same_name(key, "path")) {
            *text = visit_expression(as_text(*text), visit);
            continue;
        }
        if (auto* parts = part.value().if_object()) visit_keys(*parts, visit);
        visit_references(part.value(), visit);
    }
}

void visit_patch(value& data, ReferenceVisitor const& visit) {
    auto* message = data.if_object();
    if (message == nullptr) return;
    for (auto& part : *message) {
        auto* operations = part.value().if_array();
        if (operations == nullptr) continue;
        for (auto& operation : *operations) {
            if (auto* object = operation.if_object()) visit_patch_operation(*object, visit);
        }
    }
}

}  // namespace

void visit_references(value& given, ReferenceVisitor const& visit) {
    if (auto* text = given.if_string()) {
        visit_value_text(*text, visit);
    } else if (auto* list = given.if_array()) {
        for (auto& element : *list) visit_references(element, visit);
    } else if (auto* parts = given.if_object()) {
        for (auto& part : *parts) visit_references(part.value(), visit);
    }
}

void visit_references(BulkOperation& operation, ReferenceVisitor const& visit) {
    visit_value_text(operation.path, visit);
    if (operation.method == BulkMethod::patch) {
        visit_patch(operation.data, visit);
    } else {
        visit_references(operation.data, visit);
    }
}

Status resolve_references(BulkOperation& operation, BulkIds const& ids) {
    std::optional<std::string> missing;
    visit_references(operation, [&](std::string_view bulk_id) -> std::optional<std::string> {
        auto const found = ids.find(std::string(bulk_id));
        if (found != ids.end()) return found->second;
        if (!missing) missing = bulk_id;
        return std::nullopt;
    });
    if (!missing) return {};
    return fail({ErrorCode::conflict,
                 fmt::format("bulkId: \"{}\" names nothing that an operation of this request has "
                             "created",
                             shown_name(*missing))});
}

}  // namespace rollcall::scim
