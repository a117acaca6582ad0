// Cursors: nothing is accepted but what was signed for the same list, and that comes back as it
// was.
#include "service/cursor.hpp"

#include "check.hpp"
#include "service/search_cursor.hpp"
#include "service/search_position.hpp"

#include <algorithm>
#include <string>

namespace {

using namespace rollcall;
using service::CursorScope;
using service::CursorSigner;
using service::PagedList;

CursorSigner const& signer() {
    static CursorSigner const instance{Secret("0123456789abcdef0123456789abcdef")};
    return instance;
}

Uuid uuid_of(std::string_view text) {
    Uuid uuid;
    std::copy_n(text.begin(), std::min(text.size(), uuid.bytes.size()), uuid.bytes.begin());
    return uuid;
}

/// The bytes under the signatures: what is read is written again as it was.
void check_contents(std::string_view bytes) {
    if (auto const cursor = service::unpack_search_cursor(bytes)) {
        ASSERT(service::unpack_search_cursor(service::pack(*cursor)) == cursor);
    }
    if (auto const position = service::unpack_search_position(bytes)) {
        auto const again = service::unpack_search_position(service::pack(*position));
        ASSERT(again && again->after == position->after && again->total == position->total);
    }
}

/// A cursor of a list with a query is its content, sealed, and none of another query.
void check_sealed(CursorScope scope, std::string_view content) {
    scope.query = "filter=a";
    auto const cursor = signer().seal(scope, content);
    ASSERT(signer().open(scope, cursor) == content);
    scope.query = content;
    ASSERT(content == "filter=a" || !signer().open(scope, cursor));
    if (auto const opened = signer().open(scope, content)) {
        ASSERT(signer().seal(scope, *opened) == content);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::as_text(data, size);
    CursorScope const scope{{Environment::test, uuid_of("project")},
                            PagedList::connection_groups,
                            uuid_of("connection")};
    // The fuzzer does not know the key, but it sees what the code compares: a cursor that was
    // accepted must be one that was signed.
    if (auto const known = signer().parse(scope, text))
        ASSERT(signer().print(scope, *known) == text);

    check_contents(text);
    check_sealed(scope, text);

    auto const last = uuid_of(text);
    auto const cursor = signer().print(scope, last);
    ASSERT(signer().parse(scope, cursor) == last);
    auto elsewhere = scope;
    elsewhere.parent = uuid_of("another");
    ASSERT(!signer().parse(elsewhere, cursor));

    // One that was changed anywhere is refused.
    if (size == 0) return 0;
    auto changed = cursor;
    auto& letter = changed[data[0] % changed.size()];
    letter = static_cast<char>(data[size - 1]);
    ASSERT(changed == cursor || !signer().parse(scope, changed));
    return 0;
}
