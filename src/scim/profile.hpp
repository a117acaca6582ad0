// What differs between identity providers, as data on the connection; and what was tolerated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::scim {

/// Leniency and reply habits of one connection: those of its kind of provider, overridden by the
/// connection's options. Handlers and the PATCH engine read these fields; none of them ever asks
/// for a provider's name.
struct Profile {
    /// `replace` on a value filter without a match creates the element (checklist P-46).
    bool replace_creates_missing_element = false;
    /// Group PATCH answers 204 without a body (checklist P-50, Microsoft asks for it).
    bool group_patch_without_body = false;
    /// PUT keeps what the body leaves out (checklist W-04, W-08).
    bool put_merges = false;
    /// A member the connection does not have fails the request instead of being skipped.
    bool refuses_unknown_members = false;
    /// A PATCH path or a body's attribute that the type does not have fails the request (P-14).
    bool refuses_unknown_attributes = false;
    /// Two groups cannot have one displayName (checklist R-02).
    bool unique_group_names = true;
    /// Users carry `groups` without being asked for it (checklist U-20).
    bool user_groups = true;
    /// HTTP Basic with the token as password is as good as the token (checklist K-05, I-36).
    bool basic_auth = false;
    /// What the base URL shown to the administrator ends in (contract §2.1); ignored in requests.
    std::string_view base_url_query;
};

/// What a request's tolerance ignored or repaired, in words an operator understands. Never values.
using Notes = std::vector<std::string>;

}  // namespace rollcall::scim
