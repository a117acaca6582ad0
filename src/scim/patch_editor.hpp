// Applying PATCH operations one by one to a canonical resource (RFC 7644 §3.5.2).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/patch.hpp"
#include "scim/patch_cost.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string_view>
#include <vector>

namespace rollcall::scim {

struct Edit;

/// Edits one resource in place. Rules on the final state are the caller's (finish_resource).
class PatchEditor {
public:
    PatchEditor(boost::json::object& resource, ResourceType const& type, std::string_view id,
                Profile const& profile, Limits const& limits, Notes& notes) noexcept
        : resource_(resource),
          type_(type),
          id_(id),
          profile_(profile),
          limits_(limits),
          notes_(notes),
          cost_(limits) {}

    /// @errors mutability, no_target, invalid_value, too_many. The resource is then half edited.
    [[nodiscard]] Status apply(PatchOperation const& operation);

    /// Required attributes that an operation removed; another may have set them again (P-09).
    [[nodiscard]] std::vector<AttributeRef> const& removed_required() const noexcept {
        return removed_required_;
    }

    /// True if the path leads to an attribute that only the server writes.
    [[nodiscard]] static bool is_read_only(Path const& path) noexcept;

private:
    using Value = boost::json::value;

    [[nodiscard]] Status apply_without_path(PatchOperation const& operation);
    [[nodiscard]] Status apply_parts(PatchOperation const& operation, Schema const* extension,
                                     boost::json::object const& parts);
    [[nodiscard]] Status apply_named(PatchOperation const& operation, std::string_view name,
                                     Value const& value);
    [[nodiscard]] Status check_id(Value const& value) const;
    [[nodiscard]] Status leave_out(std::string_view name);
    [[nodiscard]] Status apply_to_schema(PatchOperation const& operation, Schema const* extension,
                                         Value const* value);
    [[nodiscard]] Status apply_to_schemas(PatchOperation const& operation, Value const* value);
    [[nodiscard]] Status edit(PatchOperation const& operation, AttributeRef const& ref,
                              Filter const* filter, Attribute const* sub, Value const* value);
    [[nodiscard]] Value const* take_null_off(AttributeRef const& ref, Filter const* filter,
                                             Attribute const* sub, Value const* value);
    [[nodiscard]] Status accept(Attribute const& attribute, Edit const& intent);
    [[nodiscard]] boost::json::object& open_extension(Schema const& extension);
    void drop_empty_extension(Schema const& extension);

    boost::json::object& resource_;
    ResourceType const& type_;
    std::string_view id_;
    Profile profile_;
    Limits const& limits_;
    Notes& notes_;
    PatchCost cost_;
    std::vector<AttributeRef> removed_required_;
};

}  // namespace rollcall::scim
