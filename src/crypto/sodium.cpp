// The one call of sodium_init.
#include "crypto/sodium.hpp"

#include <sodium.h>
#include <stdexcept>

namespace rollcall::crypto {

void require_sodium() {
    static bool const ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium cannot be initialised");
}

}  // namespace rollcall::crypto
