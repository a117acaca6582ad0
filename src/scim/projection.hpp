// `attributes` and `excludedAttributes` (RFC 7644 §3.9, §3.4.2.5).
#pragma once

#include "base/result.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <vector>

namespace rollcall::scim {

/// Which attributes a response carries. Default-constructed: the default set.
class Projection {
public:
    /// @param attributes, excluded  comma-separated names as in the query; empty means absent.
    /// @errors invalid_value when both are given (checklist A-05).
    [[nodiscard]] static Result<Projection> parse(std::string_view attributes,
                                                  std::string_view excluded,
                                                  ResourceType const& type);

    /// Shows an attribute only if `attributes` names it, as `returned: request` does.
    void hide(AttributeRef const& attribute);
    /// True if neither parameter was given.
    [[nodiscard]] bool is_default() const noexcept;
    /// False when the attribute need not even be loaded (checklist A-13).
    [[nodiscard]] bool wants(std::string_view attribute) const noexcept;
    /// Drops what is not wanted from a full representation. `id` and `schemas` always stay.
    void apply(boost::json::object& resource) const;

private:
    enum class Mode { standard, only, except };
    bool is_default_ = true;
    Mode mode_ = Mode::standard;
    std::vector<AttributeRef> refs_;
};

}  // namespace rollcall::scim
