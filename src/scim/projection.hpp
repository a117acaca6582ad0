// `attributes` and `excludedAttributes` (RFC 7644 §3.9, §3.4.2.5).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace rollcall::scim {

/// Which attributes a response carries. Default-constructed: the default set.
class Projection {
public:
    /// @param attributes, excluded  comma-separated names as in the query; empty means absent.
    /// @param type  outlives the result.
    /// @errors invalid_value when both are given (checklist A-05); too_many (more than
    ///         limits.projection_names_max names).
    [[nodiscard]] static Result<Projection> parse(std::string_view attributes,
                                                  std::string_view excluded,
                                                  ResourceType const& type, Limits const& limits);

    /// Shows an attribute only if `attributes` names it, as `returned: request` does.
    void hide(AttributeRef const& attribute);
    /// True if neither parameter was given.
    [[nodiscard]] bool is_default() const noexcept;
    /// False when the built-in attribute need not even be loaded (checklist A-13).
    [[nodiscard]] bool wants(std::string_view attribute) const noexcept;
    /// Drops what is not wanted from a full representation, and what declared attributes say of
    /// themselves by `returned` (RFC 7643 §7). `id` and `schemas` always stay.
    void apply(boost::json::object& resource) const;

private:
    enum class Mode { standard, only, except };

    void apply_requested(boost::json::object& resource) const;
    void apply_returned(boost::json::object& resource) const;
    void apply_returned(boost::json::object& parts, Schema const& extension) const;

    bool is_default_ = true;
    Mode mode_ = Mode::standard;
    std::vector<AttributeRef> refs_;
    /// Only if an extension has something to say by `returned`. Outlives this.
    ResourceType const* type_ = nullptr;
};

/// Notes what the two parameters name and none of the types has, and filters in them, which choose
/// nothing (checklist ). Parameters as for Projection::parse, which has accepted them.
void note_unread_names(std::string_view attributes, std::string_view excluded,
                       std::initializer_list<ResourceType const*> types, Notes& notes);

}  // namespace rollcall::scim
