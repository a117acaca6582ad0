// PATCH on multi-valued attributes: whole lists, and the elements a value filter selects.
#include "base/text.hpp"
#include "scim/elements.hpp"
#include "scim/link.hpp"
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rollcall::scim {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

value const* part_of(value const& element, std::string_view name) {
    auto const* parts = element.if_object();
    return parts != nullptr ? parts->if_contains({name.data(), name.size()}) : nullptr;
}

bool is_true(value const* candidate) {
    return candidate != nullptr && candidate->is_bool() && candidate->get_bool();
}

// What is compared of a value: its text under the attribute's case rule, else its JSON.
std::string comparable(Attribute const* attribute, value const& content) {
    auto const* text = content.if_string();
    if (text == nullptr) return boost::json::serialize(content);
    auto const exact = attribute == nullptr || attribute->case_exact;
    return exact ? std::string(as_text(*text)) : fold(as_text(*text));
}

// The key elements are compared by: `value`, and `type` unless the list is keyed by value alone
// (checklist P-24). Elements without a value are equal only as a whole.
std::string element_key(Attribute const& attribute, value const& element) {
    auto const* content = element.is_object() ? part_of(element, "value") : &element;
    if (content == nullptr) return whole_key(element);
    auto const* rule = element.is_object() ? attribute.find("value") : &attribute;
    auto key = comparable(rule, *content);
    if (is_member_list(attribute)) return key;
    if (auto const* type = part_of(element, "type")) {
        key += '\0';
        key += comparable(attribute.find("type"), *type);
    }
    return key;
}

// Edits one list. `list_` exists only while the attribute has elements.
class ListEditor {
public:
    ListEditor(object& holder, Attribute const& attribute, Edit const& edit)
        : holder_(holder), attribute_(attribute), edit_(edit) {
        auto* found = holder.if_contains(attribute.name);
        if (found != nullptr && found->is_array()) list_ = std::move(found->get_array());
    }

    Status edit_whole() {
        if (edit_.op == PatchOp::remove) return remove_given();
        if (edit_.op == PatchOp::replace) list_.clear();
        if (edit_.is_null()) return {};
        TRY(auto read, read_value(*edit_.value, attribute_, edit_.limits, edit_.notes));
        if (read.is_null()) return {};
        if (edit_.op == PatchOp::replace) {
            list_ = std::move(read.get_array());
            return {};
        }
        return append(read.get_array());
    }

    Status edit_selected(Filter const* filter, Attribute const* sub) {
        TRY(auto selected, select(filter));
        if (is_ignored_part(sub)) {
            // Checklist R-05, P-49: a member is shown as it was added.
            add_note(edit_.notes, fmt::format("{}.{}", attribute_.name, sub->name),
                     "cannot be changed and was left out");
            return {};
        }
        // Members are named well enough by a filter on their ids.
        auto const compares = edit_.removes_equal() && !is_member_list(attribute_);
        if (compares) CHECK(keep_equal(selected, sub));
        if (edit_.unassigns()) return remove_selected(selected, sub);
        if (edit_.is_null()) return {};
        if (selected.empty()) {
            TRY(auto const created, create_element(filter));
            if (!created) {
                add_note(edit_.notes, attribute_.name, "no element was created for an empty value");
                return {};
            }
            selected.push_back(list_.size() - 1);
        }
        for (auto const index : selected) CHECK(write_element(list_[index], sub));
        settle_primary(selected);
        return check_size();
    }

    void store() {
        erase_elements(list_, [](value const& element) {
            return element.is_object() && element.get_object().empty();
        });
        if (list_.empty()) {
            holder_.stable_erase(attribute_.name);
        } else {
            holder_[attribute_.name] = std::move(list_);
        }
    }

private:
    // Where the elements are that the filter wants; all without one.
    Result<std::vector<std::size_t>> select(Filter const* filter) const {
        std::vector<std::size_t> selected;
        for (std::size_t i = 0; i < list_.size(); ++i) {
            if (filter != nullptr) {
                TRY(bool const holds, matches_element(*filter, list_[i], edit_.filter_cost));
                if (!holds) continue;
            }
            selected.push_back(i);
        }
        return selected;
    }

    bool is_ignored_part(Attribute const* sub) const {
        return sub != nullptr && attribute_.is_link &&
               (sub->name == "display" || sub->name == "$ref");
    }

    Status check_size() const {
        if (is_member_list(attribute_) || list_.size() <= edit_.limits.attribute_values_max) {
            return {};
        }
        return fail(
            {ErrorCode::too_many, fmt::format("{}: at most {} values can be kept.", attribute_.name,
                                              edit_.limits.attribute_values_max)});
    }

    // True if one of the members has the element's value.
    static bool names_member(array const& members, value const& element) {
        auto const* id = part_of(element, "value");
        return std::ranges::any_of(members, [&](value const& candidate) {
            auto const* other = part_of(candidate, "value");
            return id != nullptr && other != nullptr && *id == *other;
        });
    }

    // For a few members a plain search is cheaper than keys for a list that may be long.
    bool is_quick(array const& given) const {
        constexpr std::size_t few = 4;
        return is_member_list(attribute_) && given.size() <= few;
    }

    Status append_few(array& members) {
        erase_elements(members, [&](value const& member) { return names_member(list_, member); });
        for (auto& member : members) list_.push_back(std::move(member));
        return {};
    }

    // RFC 7644 §3.5.2.1: what is there already is not added again.
    Status append(array& elements) {
        if (is_quick(elements)) return append_few(elements);
        std::unordered_map<std::string, std::size_t> positions;
        for (std::size_t i = 0; i < list_.size(); ++i) {
            positions.try_emplace(element_key(attribute_, list_[i]), i);
        }
        std::vector<std::size_t> touched;
        for (auto& element : elements) {
            auto const [entry, is_new] =
                positions.try_emplace(element_key(attribute_, element), list_.size());
            if (is_true(part_of(element, "primary"))) touched.push_back(entry->second);
            if (is_new) {
                list_.push_back(std::move(element));
            } else if (element.is_object() && !is_member_list(attribute_)) {
                for (auto& part : element.get_object()) {
                    update_part(list_[entry->second].get_object(), part);
                }
            }
        }
        settle_primary(touched);
        return check_size();
    }

    // A value that differs only in case is the same one and stays as it is spelled.
    void update_part(object& stored, boost::json::key_value_pair& part) const {
        auto const name = std::string_view(part.key().data(), part.key().size());
        if (name == "value" || name == "type") return;
        stored[part.key()] = std::move(part.value());
    }

    // Of several new primary elements the last one counts (checklist P-27).
    void settle_primary(std::vector<std::size_t> const& touched) {
        for (auto i = touched.rbegin(); i != touched.rend(); ++i) {
            if (is_true(part_of(list_[*i], "primary"))) return keep_one_primary(list_, *i);
        }
    }

    // `remove` of the whole attribute, or with a value of the elements it lists (checklist P-37,
    // P-38, I-21).
    Status remove_given() {
        if (edit_.is_null()) {
            list_.clear();
            return {};
        }
        TRY(auto const read, read_value(*edit_.value, attribute_, edit_.limits, edit_.notes));
        if (read.is_null()) return {};
        auto const before = list_.size();
        if (is_quick(read.get_array())) {
            erase_elements(list_, [&](value const& element) {
                return names_member(read.get_array(), element);
            });
            return {};
        }
        auto const named = by_content(read.get_array());
        erase_elements(list_, [&](value const& element) { return is_named(named, element); });
        if (list_.size() == before) note_no_match();
        return {};
    }

    // Of the selected elements those that have the given value, in `sub` or as a whole.
    Status keep_equal(std::vector<std::size_t>& selected, Attribute const* sub) const {
        if (sub == nullptr) {
            TRY(auto const read, read_value(*edit_.value, attribute_, edit_.limits, edit_.notes));
            auto const named = read.is_null() ? Named{} : by_content(read.get_array());
            std::erase_if(selected, [&](auto index) { return !is_named(named, list_[index]); });
            return {};
        }
        auto const& given = unwrap_named(unwrap_single(*edit_.value), *sub);
        TRY(auto const read, read_value(given, *sub, edit_.limits, edit_.notes));
        std::erase_if(selected, [&](auto index) {
            auto const* part = part_of(list_[index], sub->name);
            return part == nullptr || read.is_null() || !equal_scalar(*sub, *part, read);
        });
        return {};
    }

    using Named = std::unordered_multimap<std::string, value const*>;

    Named by_content(array const& elements) const {
        Named named;
        for (auto const& element : elements) named.emplace(content_key(element), &element);
        return named;
    }

    bool is_named(Named const& named, value const& element) const {
        auto const [first, last] = named.equal_range(content_key(element));
        return std::any_of(first, last, [&](auto const& candidate) {
            return is_member_list(attribute_) || same_type(*candidate.second, element);
        });
    }

    // Checklist P-36: a success, but of an operation that did nothing. Members are removed twice
    // as a matter of course.
    void note_no_match() const {
        if (is_member_list(attribute_)) return;
        add_note(edit_.notes, attribute_.name, "no element matched, so none was removed");
    }

    // Like element_key without the type, which a removal need not name.
    std::string content_key(value const& element) const {
        auto const* content = element.is_object() ? part_of(element, "value") : &element;
        if (content == nullptr) return whole_key(element);
        return comparable(element.is_object() ? attribute_.find("value") : &attribute_, *content);
    }

    bool same_type(value const& given, value const& element) const {
        auto const* wanted = part_of(given, "type");
        if (wanted == nullptr) return true;
        auto const* type = part_of(element, "type");
        return type != nullptr && equal_scalar(*attribute_.find("type"), *wanted, *type);
    }

    Status remove_selected(std::vector<std::size_t> const& selected, Attribute const* sub) {
        if (selected.empty()) note_no_match();
        if (sub == nullptr) {
            array kept;
            kept.reserve(list_.size());
            auto next = selected.begin();
            for (std::size_t i = 0; i < list_.size(); ++i) {
                if (next != selected.end() && *next == i) {
                    ++next;
                } else {
                    kept.push_back(std::move(list_[i]));
                }
            }
            list_ = std::move(kept);
            return {};
        }
        for (auto const index : selected) {
            auto* parts = list_[index].if_object();
            if (parts == nullptr || !parts->contains(sub->name)) continue;
            if (sub->mutability == Mutability::immutable) {
                return fail(mutability_error(fmt::format("{}.{}", attribute_.name, sub->name),
                                             "cannot be removed"));
            }
            parts->stable_erase(sub->name);
        }
        return {};
    }

    // Checklist P-26, P-46: an element that is not there is made from what the filter says of it.
    Result<bool> create_element(Filter const* filter) {
        object element;
        auto described = edit_.op == PatchOp::add || edit_.creates_missing || filter == nullptr;
        if (described && filter != nullptr) {
            TRY(described, describe(*filter, element));
        }
        if (!described) {
            return fail(
                {ErrorCode::no_target,
                 fmt::format("path: no element of {} matches the filter.", attribute_.name)});
        }
        // Nothing is created for an empty value.
        if (auto const* text = edit_.value->if_string(); text != nullptr && text->empty()) {
            return false;
        }
        if (filter != nullptr) {
            add_note(edit_.notes, attribute_.name,
                     "an element was created for a path without match");
        }
        list_.push_back(std::move(element));
        return true;
    }

    // Collects the `eq` tests of a conjunction; false for every other filter.
    Result<bool> describe(Filter const& filter, object& element) const {
        if (auto const* all = std::get_if<And>(&filter.node)) {
            for (auto const& operand : all->operands) {
                TRY(auto const described, describe(*operand, element));
                if (!described) return false;
            }
            return true;
        }
        auto const* test = std::get_if<Comparison>(&filter.node);
        if (test == nullptr || test->op != Operator::eq) return false;
        auto const& ref = test->attribute.ref;
        auto const* sub = ref ? ref->sub_attribute : nullptr;
        if (sub == nullptr || sub->mutability == Mutability::read_only) return false;
        // A filter compares with more than can be stored (checklist C-07).
        auto content = read_scalar(test->operand, *sub, edit_.limits, edit_.notes);
        if (!content) {
            return fail({content.error().code(),
                         fmt::format("{}.{}", attribute_.name, content.error().message())});
        }
        if (!content->is_null()) element[sub->name] = *std::move(content);
        return true;
    }

    Status write_element(value& element, Attribute const* sub) {
        auto* parts = element.if_object();
        auto const& given = unwrap_single(*edit_.value);
        if (parts == nullptr) {
            TRY(element, read_scalar(given, attribute_, edit_.limits, edit_.notes));
            return {};
        }
        if (sub != nullptr) {
            TRY(auto read, read_value(unwrap_named(given, *sub), *sub, edit_.limits, edit_.notes));
            return set_part(*parts, *sub, std::move(read));
        }
        if (auto const* object_given = given.if_object()) {
            return merge_element(*parts, *object_given);
        }
        auto const* content = attribute_.find("value");
        if (content == nullptr || given.is_array()) {
            return fail(value_error(attribute_.name, "must be an object"));
        }
        TRY(auto read, read_scalar(given, *content, edit_.limits, edit_.notes));
        return set_part(*parts, *content, std::move(read));
    }

    Status merge_element(object& parts, object const& given) {
        if (!attribute_.is_link) return merge_parts(parts, given, attribute_, edit_);
        object identity;
        for (auto const& part : given) {
            auto const* sub = attribute_.find({part.key().data(), part.key().size()});
            if (sub == nullptr || !is_ignored_part(sub)) {
                identity[part.key()] = part.value();
            } else {
                add_note(edit_.notes, fmt::format("{}.{}", attribute_.name, sub->name),
                         "cannot be changed and was left out");
            }
        }
        return merge_parts(parts, identity, attribute_, edit_);
    }

    object& holder_;
    Attribute const& attribute_;
    Edit const& edit_;
    array list_;
};

}  // namespace

Status edit_list(object& holder, Attribute const& attribute, Filter const* filter,
                 Attribute const* sub, Edit const& edit) {
    ListEditor editor(holder, attribute, edit);
    auto done = filter == nullptr && sub == nullptr ? editor.edit_whole()
                                                    : editor.edit_selected(filter, sub);
    editor.store();
    return done;
}

}  // namespace rollcall::scim
