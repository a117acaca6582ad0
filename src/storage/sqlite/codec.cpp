// Codecs of columns. The numbers of enumerators are stored, so they must never move.
#include "storage/sqlite/codec.hpp"

#include "base/sort_distinct.hpp"
#include "directory/group.hpp"
#include "scim/json.hpp"
#include "scim/resource_types.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <stdexcept>

namespace rollcall::storage::sqlite {
namespace {

namespace json = boost::json;
using directory::EmailKey;

template <class Enum>
constexpr bool is_stored_as(Enum value, int number) {
    return static_cast<int>(value) == number;
}

static_assert(is_stored_as(Environment::test, 0) && is_stored_as(Environment::live, 1));
static_assert(is_stored_as(directory::MemberKind::user, 0) &&
              is_stored_as(directory::MemberKind::group, 1));
static_assert(is_stored_as(scim::ResourceKind::user, 0) &&
              is_stored_as(scim::ResourceKind::group, 1));
static_assert(is_stored_as(directory::MemberStatus::active, 0) &&
              is_stored_as(directory::MemberStatus::pending, 1) &&
              is_stored_as(directory::MemberStatus::invited, 2) &&
              is_stored_as(directory::MemberStatus::deleted, 3));
static_assert(is_stored_as(directory::EventSource::direct, 0) &&
              is_stored_as(directory::EventSource::dashboard, 1) &&
              is_stored_as(directory::EventSource::scim, 2));
static_assert(is_stored_as(directory::EventObject::organization, 0) &&
              is_stored_as(directory::EventObject::member, 1) &&
              is_stored_as(directory::EventObject::scim_connection, 2) &&
              is_stored_as(directory::EventObject::scim_group, 3) &&
              is_stored_as(directory::EventObject::scim_member_group, 4));
static_assert(is_stored_as(directory::EventAction::create, 0) &&
              is_stored_as(directory::EventAction::update, 1) &&
              is_stored_as(directory::EventAction::remove, 2));

void append_packed(std::string& out, std::string const& text) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((text.size() >> shift) & 0xff);
    }
    out += text;
}

std::string take_packed(std::string_view& packed) {
    if (packed.size() < 4) throw std::runtime_error("a user's address keys are damaged");
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        size |= std::size_t{static_cast<unsigned char>(packed[i])} << (8 * i);
    }
    packed.remove_prefix(4);
    if (packed.size() < size) throw std::runtime_error("a user's address keys are damaged");
    std::string text(packed.substr(0, size));
    packed.remove_prefix(size);
    return text;
}

json::value parse_stored(std::string_view text) {
    auto value = scim::parse_plain_json(text);
    if (!value) throw std::runtime_error("stored JSON is damaged");
    return *std::move(value);
}

}  // namespace

std::string json_text(json::object const& object) {
    return json::serialize(object);
}

json::object json_object(std::string_view text) {
    return std::move(parse_stored(text).as_object());
}

json::array json_array(std::string_view text) {
    return std::move(parse_stored(text).as_array());
}

std::string json_text(std::vector<std::string> const& texts) {
    return json::serialize(json::value_from(texts));
}

std::vector<std::string> json_texts(std::string_view text) {
    return json::value_to<std::vector<std::string>>(parse_stored(text));
}

std::string pack_emails(std::vector<EmailKey> emails) {
    sort_distinct(emails);
    std::string packed;
    for (auto const& email : emails) {
        append_packed(packed, email.value);
        append_packed(packed, email.type);
    }
    return packed;
}

std::vector<EmailKey> unpack_emails(std::string_view packed) {
    std::vector<EmailKey> emails;
    while (!packed.empty()) {
        auto value = take_packed(packed);
        emails.push_back({std::move(value), take_packed(packed)});
    }
    return emails;
}

std::optional<std::string> without_empty(std::optional<std::string> text) {
    if (text && text->empty()) text.reset();
    return text;
}

std::optional<std::string> without_empty(std::string const& text) {
    return without_empty(std::optional(text));
}

}  // namespace rollcall::storage::sqlite
