// Domain syntax and the built-in lists of mailbox providers.
#include "directory/email_domain.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

// Sorted.
constexpr std::array<std::string_view, 66> common_domains{
    "126.com",        "163.com",        "aim.com",        "aol.com",       "att.net",
    "bigpond.com",    "bk.ru",          "bluewin.ch",     "bol.com.br",    "bt.com",
    "btinternet.com", "charter.net",    "comcast.net",    "cox.net",       "daum.net",
    "docomo.ne.jp",   "earthlink.net",  "fastmail.com",   "free.fr",       "freenet.de",
    "gmail.com",      "gmx.at",         "gmx.ch",         "gmx.com",       "gmx.de",
    "gmx.net",        "googlemail.com", "hanmail.net",    "hey.com",       "hotmail.co.uk",
    "hotmail.com",    "hotmail.fr",     "icloud.com",     "inbox.ru",      "laposte.net",
    "libero.it",      "list.ru",        "live.co.uk",     "live.com",      "mac.com",
    "mail.com",       "mail.ru",        "me.com",         "msn.com",       "naver.com",
    "orange.fr",      "outlook.com",    "pm.me",          "proton.me",     "protonmail.com",
    "qq.com",         "rediffmail.com", "rocketmail.com", "sbcglobal.net", "sina.com",
    "t-online.de",    "tutanota.com",   "uol.com.br",     "verizon.net",   "wanadoo.fr",
    "web.de",         "yahoo.co.jp",    "yahoo.co.uk",    "yahoo.com",     "yandex.ru",
    "ymail.com"};
static_assert(std::ranges::is_sorted(common_domains));

constexpr std::array<std::string_view, 12> disposable_domains{
    "10minutemail.com", "dispostable.com",   "getnada.com",     "guerrillamail.com",
    "mailinator.com",   "maildrop.cc",       "sharklasers.com", "temp-mail.org",
    "tempmail.com",     "throwawaymail.com", "trashmail.com",   "yopmail.com"};

bool is_label(std::string_view label) {
    auto const legal = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, legal);
}

bool is_number(std::string_view label) {
    return std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> normalize_domain(std::string_view text) {
    auto domain = ascii_lower(trim(text));
    if (domain.size() > 253) return std::nullopt;
    std::string_view rest = domain;
    for (;;) {
        auto const dot = rest.find('.');
        auto const label = rest.substr(0, dot);
        if (!is_label(label)) return std::nullopt;
        if (dot == std::string_view::npos) {
            // A numeric last label would be an IP address.
            if (label.size() == domain.size() || is_number(label)) return std::nullopt;
            return domain;
        }
        rest.remove_prefix(dot + 1);
    }
}

DomainKind classify_domain(std::string_view domain) noexcept {
    if (std::ranges::binary_search(common_domains, domain)) return DomainKind::common;
    if (std::ranges::find(disposable_domains, domain) != disposable_domains.end()) {
        return DomainKind::disposable;
    }
    return DomainKind::organizational;
}

}  // namespace rollcall::directory
