// PATCH on multi-valued attributes: whole lists, and the elements a value filter selects.
#include "scim/elements.hpp"
#include "scim/link.hpp"
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/patch_element_parts.hpp"
#include "scim/patch_identity.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rollcall::scim {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

bool is_true(value const* candidate) {
    return candidate != nullptr && candidate->is_bool() && candidate->get_bool();
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
        if (is_ignored_part(attribute_, sub)) {
            // Checklist R-05, P-49: a member is shown as it was added.
            add_note(edit_.notes, name_of(attribute_, sub), "cannot be changed and was left out");
            return {};
        }
        if (edit_.removes_equal()) CHECK(keep_equal(selected, sub));
        if (edit_.unassigns()) return remove_selected(selected, sub);
        if (selected.empty()) {
            TRY(auto const created, create_element(filter));
            if (!created) {
                add_note(edit_.notes, attribute_.name, "no element was created for an empty value");
                return {};
            }
            selected.push_back(list_.size() - 1);
        } else if (sub == nullptr && is_empty_object(unwrap_single(*edit_.value))) {
            add_note(edit_.notes, attribute_.name, nothing_to_do);
            return {};
        }
        CHECK(write(selected, sub));
        settle_primary(selected);
        return check_size();
    }

    void store() {
        erase_elements(list_, [](value const& element) {
            return element.is_null() || is_empty_object(element);
        });
        if (list_.empty()) {
            holder_.stable_erase(attribute_.name);
        } else {
            holder_[attribute_.name] = std::move(list_);
        }
    }

private:
    static bool is_empty_object(value const& element) {
        return element.is_object() && element.get_object().empty();
    }

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

    Status check_size() const {
        if (is_member_list(attribute_) || list_.size() <= edit_.limits.attribute_values_max) {
            return {};
        }
        return fail(
            {ErrorCode::too_many, fmt::format("{}: at most {} values can be kept.", attribute_.name,
                                              edit_.limits.attribute_values_max)});
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
        bool respelled = false;
        for (auto& element : elements) {
            auto const [entry, is_new] =
                positions.try_emplace(element_key(attribute_, element), list_.size());
            if (is_true(part_of(element, "primary"))) touched.push_back(entry->second);
            if (is_new) {
                list_.push_back(std::move(element));
            } else if (!is_member_list(attribute_)) {
                respelled = update(list_[entry->second], element) || respelled;
            }
        }
        if (respelled) {
            add_note(edit_.notes, attribute_.name, "what is there already kept its spelling");
        }
        settle_primary(touched);
        return check_size();
    }

    // A value that differs only in case is the same one and stays as it is spelled; true if so.
    static bool update(value& stored, value& given) {
        if (!given.is_object()) return stored != given;
        bool respelled = false;
        for (auto& part : given.get_object()) {
            auto& kept = stored.get_object()[part.key()];
            if (part.key() == "value" || part.key() == "type") {
                respelled = respelled || kept != part.value();
            } else {
                kept = std::move(part.value());
            }
        }
        return respelled;
    }

    // Of several new primary elements the last one counts (checklist P-27).
    void settle_primary(std::vector<std::size_t> const& touched) {
        std::optional<std::size_t> last;
        bool several = false;
        for (auto const index : touched) {
            if (!is_true(part_of(list_[index], "primary"))) continue;
            several = several || (last && *last != index);
            last = index;
        }
        if (!last) return;
        if (several) {
            add_note(edit_.notes, attribute_.name,
                     "of several primary elements only the last one stays primary");
        }
        keep_one_primary(list_, *last);
    }

    // `remove` of the whole attribute, or with a value of the elements it lists (checklist P-37,
    // P-38, I-21).
    Status remove_given() {
        auto const before = list_.size();
        if (edit_.is_null()) {
            list_.clear();
            if (before == 0) note_idle(nothing_to_do);
            return {};
        }
        TRY(auto const read, read_value(*edit_.value, attribute_, edit_.limits, edit_.notes));
        if (read.is_null()) {
            note_idle(nothing_to_do);
            return {};
        }
        auto const& given = read.get_array();
        if (is_quick(given)) {
            erase_elements(list_,
                           [&](value const& element) { return names_member(given, element); });
        } else {
            NamedElements const named(attribute_, given);
            erase_elements(list_, [&](value const& element) { return named.contains(element); });
        }
        if (list_.size() == before) note_idle(no_match);
        return {};
    }

    // Of the selected elements those that have the given value, in `sub` or as a whole.
    Status keep_equal(std::vector<std::size_t>& selected, Attribute const* sub) const {
        if (sub == nullptr) {
            TRY(auto const read, read_value(*edit_.value, attribute_, edit_.limits, edit_.notes));
            auto const given = read.is_null() ? array() : read.get_array();
            NamedElements const named(attribute_, given);
            std::erase_if(selected, [&](auto index) { return !named.contains(list_[index]); });
            return {};
        }
        auto const& given = unwrap_named(unwrap_single(*edit_.value), *sub);
        TRY(auto const read, read_part(given, attribute_, *sub, edit_.limits, edit_.notes));
        std::erase_if(selected, [&](auto index) {
            auto const* part = part_of(list_[index], sub->name);
            return part == nullptr || read.is_null() || !equal_scalar(*sub, *part, read);
        });
        return {};
    }

    static constexpr std::string_view no_match = "no element matched, so none was removed";

    // Checklist P-36: a success, but of an operation that did nothing.
    void note_idle(std::string_view what) const { add_note(edit_.notes, attribute_.name, what); }

    Status remove_selected(std::vector<std::size_t> const& selected, Attribute const* sub) {
        if (selected.empty()) note_idle(no_match);
        if (sub != nullptr) return remove_part(selected, *sub);
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

    Status remove_part(std::vector<std::size_t> const& selected, Attribute const& sub) {
        auto const shown = name_of(attribute_, &sub);
        bool idle = !selected.empty();
        for (auto const index : selected) {
            auto* parts = list_[index].if_object();
            if (parts == nullptr || !parts->contains(sub.name)) continue;
            if (sub.mutability == Mutability::immutable) {
                return fail(mutability_error(shown, "cannot be removed"));
            }
            parts->stable_erase(sub.name);
            idle = false;
        }
        if (idle && edit_.op == PatchOp::remove) add_note(edit_.notes, shown, nothing_to_do);
        return {};
    }

    // Checklist P-26, P-46: an element that is not there is made from what the filter says of it.
    Result<bool> create_element(Filter const* filter) {
        object element;
        auto described = edit_.op == PatchOp::add || edit_.creates_missing || filter == nullptr;
        if (described && filter != nullptr) {
            TRY(described, describe(*filter, attribute_, element, edit_));
        }
        if (!described) {
            return fail(
                {ErrorCode::no_target,
                 fmt::format("path: no element of {} matches the filter.", attribute_.name)});
        }
        // Nothing is created for an empty value.
        auto const* text = unwrap_single(*edit_.value).if_string();
        if (text != nullptr && text->empty()) return false;
        if (filter != nullptr) {
            add_note(edit_.notes, attribute_.name,
                     "an element was created for a path without match");
        }
        list_.push_back(std::move(element));
        return true;
    }

    // The value is read once, however many elements it is written to.
    Status write(std::vector<std::size_t> const& selected, Attribute const* sub) {
        auto const& given = unwrap_single(*edit_.value);
        if (&given != edit_.value) {
            add_note(edit_.notes, attribute_.name, "a list of one was read as its element");
        }
        if (attribute_.type != Type::complex) {
            TRY(auto const read, read_scalar(given, attribute_, edit_.limits, edit_.notes));
            for (auto const index : selected) list_[index] = read;
            return {};
        }
        TRY(auto const parts, read_written(given, attribute_, sub, edit_));
        for (auto const index : selected) {
            CHECK(set_parts(list_[index].as_object(), attribute_, parts));
        }
        return {};
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
