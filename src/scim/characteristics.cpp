// Each table has its words in the order of the enumerators.
#include "scim/characteristics.hpp"

#include "scim/names.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace rollcall::scim {
namespace {

constexpr std::array<std::string_view, 8> types{"string",   "boolean",   "decimal", "integer",
                                                "dateTime", "reference", "binary",  "complex"};
constexpr std::array<std::string_view, 4> mutabilities{"readWrite", "readOnly", "writeOnly",
                                                       "immutable"};
constexpr std::array<std::string_view, 4> returns{"default", "always", "never", "request"};
constexpr std::array<std::string_view, 3> uniquenesses{"none", "server", "global"};

template <class Enum>
bool find_word(std::span<std::string_view const> words, std::string_view word, Enum& found) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!same_name(words[i], word)) continue;
        found = static_cast<Enum>(i);
        return true;
    }
    return false;
}

template <class Enum>
std::string_view word_of(std::span<std::string_view const> words, Enum value) {
    return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(Type type) noexcept {
    return word_of(types, type);
}
std::string_view to_string(Mutability mutability) noexcept {
    return word_of(mutabilities, mutability);
}
std::string_view to_string(Returned returned) noexcept {
    return word_of(returns, returned);
}
std::string_view to_string(Uniqueness uniqueness) noexcept {
    return word_of(uniquenesses, uniqueness);
}

bool read_word(std::string_view word, Type& type) noexcept {
    return find_word(types, word, type);
}
bool read_word(std::string_view word, Mutability& mutability) noexcept {
    return find_word(mutabilities, word, mutability);
}
bool read_word(std::string_view word, Returned& returned) noexcept {
    return find_word(returns, word, returned);
}
bool read_word(std::string_view word, Uniqueness& uniqueness) noexcept {
    return find_word(uniquenesses, word, uniqueness);
}

}  // namespace rollcall::scim
