// The segments of a request path, decoded one by one (contract §1.1).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace rollcall::api {

/// Splits a path at its slashes, then decodes %XX in each piece; empty pieces (doubled or trailing
/// slashes) are dropped. Views stay valid as long as this object and the path live.
class Segments {
public:
    /// More than any route has; longer paths match none.
    static constexpr std::size_t size_max = 12;

    explicit Segments(std::string_view path);
    Segments(Segments const&) = delete;
    Segments& operator=(Segments const&) = delete;

    /// size_max + 1 for all longer paths.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Empty beyond the end.
    [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
        return index < size_ && index < size_max ? segments_[index] : std::string_view{};
    }

private:
    [[nodiscard]] std::string_view decode(std::string_view raw, std::size_t path_size);

    std::array<std::string_view, size_max> segments_;
    std::size_t size_ = 0;
    std::string decoded_;
};

}  // namespace rollcall::api
