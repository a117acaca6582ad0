// Orders of lists.
#include "directory/query.hpp"

namespace rollcall::directory {

bool precedes(Place const& a, Place const& b, bool descending) {
    // Descending turns the values around, so what has none comes first (checklist O-04).
    if (scim::precedes(descending ? b.key : a.key, descending ? a.key : b.key)) return true;
    if (scim::precedes(descending ? a.key : b.key, descending ? b.key : a.key)) return false;
    return a.row < b.row;
}

}  // namespace rollcall::directory
