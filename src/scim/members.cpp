// Group members in every form they arrive in.
#include "scim/members.hpp"

#include "scim/link.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::value;

Attribute const& members_attribute() {
    static Attribute const& attribute = *group_type().core->find("members");
    return attribute;
}

std::optional<std::string> read_type(std::string_view text) {
    for (std::string_view const type : {"User", "Group"}) {
        if (same_name(text, type)) return std::string(type);
    }
    return std::nullopt;
}

enum class Noted : std::uint8_t {
    empty,
    unknown,
    type,
    reference,
    other_reference,
    list,
    bare,
    repeated,
};

// Collects members with distinct values, in order.
class Reader {
public:
    Reader(Limits const& limits, Notes& notes) : limits_(limits), notes_(notes) {}

    Status read(value const& element) {
        if (element.is_null()) {
            note_once(Noted::empty, "an element without a value was left out");
            return {};
        }
        MemberValue member;
        if (auto const* object = element.if_object()) {
            TRY(member, read_object(*object));
        } else {
            TRY(member.value, read_text("value", element));
            note_once(Noted::bare, "a bare value was read as an object with that value");
        }
        if (member.value.empty()) {
            note_once(Noted::empty, "an element without a value was left out");
            return {};
        }
        auto const [first, is_new] = seen_.try_emplace(member.value, members_.size());
        if (!is_new) {
            if (member.display && member.display != members_[first->second].display) {
                note_once(Noted::repeated, "a display of one who is listed before was left out");
            }
            return {};
        }
        if (members_.size() == limits_.group_members_max) {
            return fail({ErrorCode::too_many,
                         fmt::format("members: at most {} members can be named in one request.",
                                     limits_.group_members_max)});
        }
        members_.push_back(std::move(member));
        return {};
    }

    std::vector<MemberValue> take() && { return std::move(members_); }

private:
    Result<MemberValue> read_object(boost::json::object const& object) {
        MemberValue member;
        LinkTarget target;
        for (auto const& part : object) {
            auto const name = std::string_view(part.key().data(), part.key().size());
            if (part.value().is_null()) continue;
            if (same_name(name, "value")) {
                TRY(member.value, read_part("value", part.value()));
            } else if (same_name(name, "$ref")) {
                TRY(auto const reference, read_part("$ref", part.value()));
                target = link_target(reference);
            } else if (same_name(name, "type")) {
                TRY(auto const type, read_part("type", part.value()));
                member.type = read_type(type);
                if (!member.type) note_once(Noted::type, "a type that is none was left out");
            } else if (same_name(name, "display")) {
                TRY(member.display, read_part("display", part.value()));
            } else {
                note_once(Noted::unknown, "unknown sub-attributes were left out");
            }
        }
        // Checklist I-29: a reference alone names the member by its last segment.
        if (member.value.empty() && !target.id.empty()) {
            member.value = target.id;
            note_once(Noted::reference, "the id was taken from a reference");
        }
        if (!target.id.empty() && target.id != member.value) {
            note_once(Noted::other_reference, "a reference to another than the value was left out");
        } else if (!member.type) {
            member.type = std::move(target.type);
        }
        return member;
    }

    Result<std::string> read_part(std::string_view name, value const& given) {
        auto const& single = unwrap_single(given);
        if (&single != &given) note_once(Noted::list, "a list of one was read as its element");
        return read_text(name, single);
    }

    Result<std::string> read_text(std::string_view name, value const& given) {
        auto const read = read_scalar(given, *members_attribute().find(name), limits_, notes_);
        if (!read) {
            return fail({read.error().code(), fmt::format("members.{}", read.error().message())});
        }
        return read->is_null() ? std::string() : std::string(as_text(read->get_string()));
    }

    // Once is enough: the list may be long.
    void note_once(Noted what, std::string_view text) {
        if (!noted_.insert(what).second) return;
        add_note(notes_, "members", text);
    }

    Limits const& limits_;
    Notes& notes_;
    std::vector<MemberValue> members_;
    std::unordered_map<std::string, std::size_t> seen_;  ///< positions in members_
    std::set<Noted> noted_;
};

bool collect_values(Filter const& filter, std::vector<std::string>& values) {
    if (auto const* any = std::get_if<Or>(&filter.node)) {
        for (auto const& operand : any->operands) {
            if (!collect_values(*operand, values)) return false;
        }
        return true;
    }
    if (auto const* path = std::get_if<ValueFilter>(&filter.node)) {
        return !path->tail && collect_values(*path->filter, values);
    }
    auto const* comparison = std::get_if<Comparison>(&filter.node);
    if (comparison == nullptr || comparison->op != Operator::eq) return false;
    auto const& ref = comparison->attribute.ref;
    if (!ref || ref->attribute != &members_attribute() || ref->sub_attribute == nullptr ||
        ref->sub_attribute->name != "value" || !comparison->operand.is_string()) {
        return false;
    }
    values.emplace_back(as_text(comparison->operand.get_string()));
    return true;
}

}  // namespace

Result<std::vector<MemberValue>> read_members(value const& given, Limits const& limits,
                                              Notes& notes) {
    Reader reader(limits, notes);
    if (auto const* list = given.if_array()) {
        for (auto const& element : *list) CHECK(reader.read(element));
    } else {
        if (!given.is_null()) {
            add_note(notes, "members", "a single value was read as a list of one");
        }
        CHECK(reader.read(given));
    }
    return std::move(reader).take();
}

std::optional<std::vector<std::string>> member_values_of(Filter const& filter) {
    std::vector<std::string> values;
    if (!collect_values(filter, values)) return std::nullopt;
    return values;
}

}  // namespace rollcall::scim
