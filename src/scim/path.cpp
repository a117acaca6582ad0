// PATCH paths (RFC 7644 §3.5.2, Figure 7).
#include "scim/path.hpp"

#include "base/text.hpp"
#include "scim/elements.hpp"
#include "scim/filter_parser.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/print_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::scim {
namespace {

Error path_error(std::string_view what, std::size_t position) {
    return error_at(ErrorCode::invalid_path, what, position);
}

// `emails[0]`: an index is no filter (checklist P-18).
bool is_index(std::string_view rest) {
    auto const inside = trim(rest.substr(0, rest.find(']')));
    return inside.empty() ||
           std::ranges::all_of(inside, [](char c) { return c >= '0' && c <= '9'; });
}

// What a filter in brackets selects from; without brackets a key either is a path or names nothing.
bool filters_attribute(std::string_view key, ResourceType const& type) {
    auto const bracket = key.find('[');
    if (bracket == std::string_view::npos) return false;
    auto const ref = resolve(type, key.substr(0, bracket));
    return ref && ref->attribute != nullptr;
}

// Only the elements of a list can be selected (checklist P-15, I-21).
bool takes_filter(std::optional<AttributeRef> const& ref) {
    return !ref || (ref->attribute != nullptr && ref->attribute->multi_valued &&
                    ref->sub_attribute == nullptr);
}

Result<Filter> parse_brackets(Lexer& lexer, Path const& path, Limits const& limits) {
    auto const open = lexer.take();
    if (is_index(lexer.rest())) {
        return fail(path_error("Expected a filter in the brackets", open.position + 1));
    }
    TRY(auto filter,
        FilterParser(lexer, NameScope{nullptr, path.attribute.ref}, limits).parse_or());
    auto const close = lexer.take();
    if (close.kind != TokenKind::close_bracket) {
        return fail(path_error("Expected ]", close.position));
    }
    return filter;
}

// RFC 7644 Figure 8 calls a member's `display` by the name it has in no schema.
Attribute const* find_behind_bracket(Attribute const& attribute, std::string_view name) {
    auto const is_figure_8 = is_member_list(attribute) && same_name(name, "displayName");
    return attribute.find(is_figure_8 ? "display" : name);
}

Status parse_tail(Lexer& lexer, Path& path) {
    if (!lexer.next_is('.')) return {};
    auto const tail = lexer.take();
    auto const name = tail.text.substr(1);
    if (find_name_fault(name) || looks_like_path(name)) {
        return fail(path_error("Expected a sub-attribute after the bracket", tail.position));
    }
    auto const& ref = path.attribute.ref;
    if (ref) path.sub_attribute = find_behind_bracket(*ref->attribute, name);
    if (path.sub_attribute != nullptr) return {};
    // A part the attribute does not have makes the whole path unknown (checklist P-14).
    path.attribute.ref.reset();
    path.attribute.text += fmt::format("[].{}", name);
    return {};
}

}  // namespace

Result<Path> parse_path(std::string_view text, ResourceType const& type, Limits const& limits) {
    if (text.size() > limits.filter_bytes_max) {
        return fail({ErrorCode::too_many, fmt::format("A path must not be longer than {} bytes.",
                                                      limits.filter_bytes_max)});
    }
    if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
        return fail({ErrorCode::invalid_path, "A path must be UTF-8 text without NUL."});
    }
    Lexer lexer(text);
    auto name = lexer.take();
    // Checklist I-22: a leading slash is an old habit of JSON Patch.
    if (name.text.starts_with('/')) {
        name.text.remove_prefix(1);
        ++name.position;
    }
    if (auto const fault = find_name_fault(name)) {
        return fail(path_error("Expected an attribute name", *fault));
    }
    Path path{{std::string(name.text), resolve(type, name.text)}, std::nullopt, nullptr};
    if (lexer.next_is('[')) {
        if (!takes_filter(path.attribute.ref)) {
            return fail(
                path_error("Only a multi-valued attribute takes brackets", lexer.position()));
        }
        TRY(path.filter, parse_brackets(lexer, path, limits));
        CHECK(parse_tail(lexer, path));
    }
    auto const end = lexer.peek();
    if (end.kind != TokenKind::end) {
        return fail(path_error("Expected the end of the path", end.position));
    }
    return path;
}

Result<std::optional<Path>> parse_path_key(std::string_view key, ResourceType const& type,
                                           Limits const& limits) {
    auto path = parse_path(key, type, limits);
    if (path) return std::optional(*std::move(path));
    if (!filters_attribute(key, type)) return std::nullopt;
    return fail({path.error().code(),
                 fmt::format("{}: {}", shown_name(outline_key(key)), path.error().message())});
}

std::string outline(Path const& path) {
    auto text = print_name(path.attribute);
    // Behind the bracket of an unknown attribute everything is in its name already.
    auto const has_brackets = text.find("[]") != std::string::npos;
    if (path.filter && !has_brackets) text += "[]";
    if (path.sub_attribute != nullptr) text += '.' + path.sub_attribute->name;
    return text;
}

std::string outline_key(std::string_view key) {
    auto const bracket = key.find('[');
    if (bracket == std::string_view::npos) return std::string(key);
    return fmt::format("{}[]", key.substr(0, bracket));
}

std::string print(Path const& path) {
    // What stands behind the bracket of an unknown attribute is kept in its name.
    auto const bracket = path.attribute.text.find("[]");
    if (!path.attribute.ref && bracket != std::string::npos && path.filter) {
        return fmt::format("{}[{}]{}", path.attribute.text.substr(0, bracket),
                           print_inner(*path.filter), path.attribute.text.substr(bracket + 2));
    }
    auto text = print_name(path.attribute);
    if (path.filter) text += fmt::format("[{}]", print_inner(*path.filter));
    if (path.sub_attribute != nullptr) text += '.' + path.sub_attribute->name;
    return text;
}

}  // namespace rollcall::scim
