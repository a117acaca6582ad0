// Cursors: nothing is accepted but what was signed for the same list, and that comes back as it
// was.
#include "service/cursor.hpp"

#include "check.hpp"

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
