// Which attribute each key means, and whether it has had another value before.
#include "scim/given_once.hpp"

#include "scim/link.hpp"
#include "scim/names.hpp"
#include "scim/print_name.hpp"
#include "scim/read_only.hpp"
#include "scim/resource.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

std::string_view key_of(boost::json::key_value_pair const& part) {
    return {part.key().data(), part.key().size()};
}

bool is_path(boost::json::key_value_pair const& part) {
    return looks_like_path(key_of(part));
}

// The attributes of one object with the first value of each.
class GivenValues {
public:
    GivenValues(ResourceType const& type, Limits const& limits) : type_(type), limits_(limits) {}

    /// @param urn  of the extension whose attributes these are; empty for the resource's own.
    Status add_all(object const& parts, std::string_view urn) {
        for (auto const& part : parts) {
            auto const ref = urn.empty() ? resolve(type_, key_of(part))
                                         : resolve(type_, fmt::format("{}:{}", urn, key_of(part)));
            if (!ref) continue;
            if (ref->attribute != nullptr) {
                CHECK(add(*ref, part.value()));
            } else if (auto const* inner = part.value().if_object()) {
                auto const* extension = ref->extension;
                CHECK(add_all(*inner, extension != nullptr ? extension->urn : std::string_view()));
            }
        }
        return {};
    }

private:
    Status add(AttributeRef const& ref, value const& given) {
        auto const& attribute = *ref.attribute;
        if (is_read_only(ref)) return {};
        auto const is_whole = ref.sub_attribute == nullptr;
        if (attribute.multi_valued || (is_whole && attribute.type != Type::complex)) {
            return add_leaf(ref, given);
        }
        // Whichever part of it is written, it is an id (I-16).
        if (attribute.is_link) {
            AttributeRef const whole{ref.extension, &attribute, nullptr};
            if (is_whole) return add_leaf(whole, given);
            object part{{ref.sub_attribute->name, unwrap_single(given)}};
            return add_leaf(whole, made_.emplace_back(std::move(part)));
        }
        return is_whole ? add_parts(ref, unwrap_single(given)) : add_leaf(ref, given);
    }

    Status add_parts(AttributeRef const& whole, value const& given) {
        auto const* parts = given.if_object();
        if (parts == nullptr) return {};
        for (auto const& part : *parts) {
            auto const* sub = whole.attribute->find(key_of(part));
            if (sub == nullptr) continue;
            CHECK(add_leaf({whole.extension, whole.attribute, sub}, part.value()));
        }
        return {};
    }

    Status add_leaf(AttributeRef const& ref, value const& given) {
        auto const& leaf = ref.sub_attribute != nullptr ? *ref.sub_attribute : *ref.attribute;
        if (given.is_null() || is_read_only(ref)) return {};
        auto const [first, is_new] =
            given_.try_emplace(Key{ref.extension, ref.attribute, ref.sub_attribute}, &given);
        if (is_new || means_same(*first->second, given, leaf)) return {};
        return fail(
            {ErrorCode::invalid_syntax, fmt::format("{}: is given twice, with different values.",
                                                    print_name({ref.attribute->name, ref}))});
    }

    // What cannot be read is refused by name where it is read for good.
    bool means_same(value const& a, value const& b, Attribute const& attribute) const {
        if (a == b) return true;
        Notes unused;
        auto const one = read_value(a, attribute, limits_, unused);
        auto const other = read_value(b, attribute, limits_, unused);
        return !one || !other || *one == *other;
    }

    using Key = std::tuple<Schema const*, Attribute const*, Attribute const*>;

    ResourceType const& type_;
    Limits const& limits_;
    std::map<Key, value const*> given_;
    std::list<value> made_;  ///< values that stand nowhere in the object
};

}  // namespace

Status check_given_once(object const& given, ResourceType const& type, Limits const& limits) {
    // Bare names are told apart by whoever parsed the JSON.
    if (std::ranges::none_of(given, is_path)) return {};
    return GivenValues(type, limits).add_all(given, {});
}

}  // namespace rollcall::scim
