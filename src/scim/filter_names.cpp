// Names in filters that no schema defines.
#include "scim/filter.hpp"
#include "scim/notes.hpp"

namespace rollcall::scim {
namespace {

void note_if_unknown(AttributeName const& attribute, Notes& notes) {
    if (attribute.ref) return;
    add_note(notes, attribute.text, "an unknown attribute in the filter; nothing has it");
}

// One overload for each kind of node.
struct NameNoter {
    Notes& notes;

    void operator()(Comparison const& test) const { note_if_unknown(test.attribute, notes); }
    void operator()(ValueFilter const& path) const {
        note_if_unknown(path.attribute, notes);
        if (!path.attribute.ref) return;  // what stands in its brackets is no news then
        note_unknown_names(*path.filter, notes);
        if (path.tail) note_if_unknown(path.tail->attribute, notes);
    }
    void operator()(And const& all) const { visit_each(all.operands); }
    void operator()(Or const& any) const { visit_each(any.operands); }
    void operator()(Not const& negation) const { note_unknown_names(*negation.operand, notes); }

    void visit_each(std::vector<FilterPtr> const& operands) const {
        for (auto const& operand : operands) note_unknown_names(*operand, notes);
    }
};

}  // namespace

void note_unknown_names(Filter const& filter, Notes& notes) {
    std::visit(NameNoter{notes}, filter.node);
}

}  // namespace rollcall::scim
