// Names as a multiset, ids as a set.
#include "server/demo_compare.hpp"

#include <set>

namespace rollcall::server {

std::vector<std::string> compare_groups(cli::Sample const& sample,
                                        std::vector<ReadGroup> const& read) {
    std::vector<std::string> differences;
    std::multiset<std::string> names;
    std::set<std::string> ids;
    for (auto const& group : read) {
        names.insert(group.name);
        if (!ids.insert(group.id).second) differences.push_back("read twice: " + group.id);
    }
    for (auto const& group : sample.groups) {
        auto const found = names.find(group.display_name);
        if (found == names.end()) {
            differences.push_back("missing: " + group.display_name);
        } else {
            names.erase(found);
        }
    }
    for (auto const& name : names) differences.push_back("never pushed: " + name);
    return differences;
}

}  // namespace rollcall::server
