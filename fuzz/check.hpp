// What every fuzz target shares: a way to fail, and text from bytes.
#pragma once

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rollcall::fuzz {

[[nodiscard]] inline std::string_view as_text(std::uint8_t const* data, std::size_t size) noexcept {
    return {reinterpret_cast<char const*>(data), size};
}

}  // namespace rollcall::fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
