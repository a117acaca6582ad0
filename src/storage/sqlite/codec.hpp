// Rows to domain values and back, where that takes more than a column.
#pragma once

#include "directory/event.hpp"
#include "directory/user.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::storage::sqlite {

/// JSON text as stored. The reader accepts what the writer wrote, whatever its depth.
/// @throws std::exception when the stored text is damaged.
[[nodiscard]] std::string json_text(boost::json::object const& object);
[[nodiscard]] boost::json::object json_object(std::string_view text);
[[nodiscard]] boost::json::array json_array(std::string_view text);
[[nodiscard]] std::string json_text(std::vector<std::string> const& texts);
[[nodiscard]] std::vector<std::string> json_texts(std::string_view text);

/// The address keys of a user in one blob: for each, value and type with their lengths.
[[nodiscard]] std::string pack_emails(std::vector<directory::EmailKey> emails);
/// Sorted and distinct.
[[nodiscard]] std::vector<directory::EmailKey> unpack_emails(std::string_view packed);

/// Null for an absent or empty text.
[[nodiscard]] std::optional<std::string> without_empty(std::optional<std::string> text);
[[nodiscard]] std::optional<std::string> without_empty(std::string const& text);

}  // namespace rollcall::storage::sqlite
