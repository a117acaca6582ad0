// libsodium has to be told to choose its implementations before anything else.
#pragma once

namespace rollcall::crypto {

/// Makes libsodium ready; cheap once it is. From any thread.
void require_sodium();

}  // namespace rollcall::crypto
