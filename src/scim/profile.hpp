// What differs between identity providers, as data on the connection; and what was tolerated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::scim {

/// Leniency and reply habits of one kind of provider. Handlers and the PATCH engine read these
/// fields; none of them ever asks for a provider's name.
struct Profile {
    /// `replace` on a value filter without a match creates the element (checklist P-46).
    bool replace_creates_missing_element = false;
    /// Group PATCH answers 204 without a body (checklist P-50, Microsoft asks for it).
    bool group_patch_without_body = false;
    /// What the base URL shown to the administrator ends in (contract §2.1); ignored in requests.
    std::string_view base_url_query;
};

/// What a request's tolerance ignored or repaired, in words an operator understands. Never values.
using Notes = std::vector<std::string>;

}  // namespace rollcall::scim
