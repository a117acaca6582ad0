// The page is made from the table of kinds; it has no script and loads nothing.
#include "api/management/error_page.hpp"

#include "api/management/error_kinds.hpp"

#include <fmt/format.h>

#include <string>

namespace rollcall::api::management {
namespace {

constexpr std::string_view head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall: errors of the management API</title>
<style>
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #dfe4ea; --paper: #fff;
        --mark: #fff3c9; --red: #b3261e; --amber: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #2d3642; --paper: #12161c; --mark: #3a3210;
          --red: #ff8a80; --amber: #f2c14e; }
}
body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.25rem 6rem; background: var(--paper);
       color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
p { margin: 0; }
.intro { color: var(--soft); margin-bottom: 2rem; }
dl { margin: 0; border-top: 1px solid var(--line); }
.kind { padding: .9rem .75rem; border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; }
.kind:target { background: var(--mark); }
dt { display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
dt a { color: inherit; text-decoration: none; overflow-wrap: anywhere;
       font: 600 .95rem/1.4 ui-monospace, monospace; }
dt a:hover, dt a:focus-visible { text-decoration: underline; }
dd { margin: .2rem 0 0; color: var(--soft); }
.status { font-size: .85rem; font-variant-numeric: tabular-nums; color: var(--amber); }
.server .status { color: var(--red); }
</style>
</head>
<body>
<main>
<h1>Errors of the management API</h1>
<p class="intro">Every answer that is not a success has a JSON body with <code>error_type</code>, a
name from this list that never changes its meaning, and <code>error_message</code>, which says what
was wrong in this very request. Quote its <code>request_id</code> when you ask the operator.</p>
<dl>
)";

constexpr std::string_view tail = R"(</dl>
</main>
</body>
</html>
)";

std::string make_page() {
    std::string page(head);
    for (auto const& kind : error_kinds()) {
        page += fmt::format(
            "<div class=\"kind{2}\" id=\"{0}\"><dt><a href=\"#{0}\">{0}</a> "
            "<span class=\"status\">{1}</span></dt><dd>{3}</dd></div>\n",
            kind.name, kind.status, kind.status >= 500 ? " server" : "", kind.explanation);
    }
    page += tail;
    return page;
}

}  // namespace

Task<Result<Reply>> error_page(OpenCall const&) {
    static auto const page = std::make_shared<std::string const>(make_page());
    http::Response response;
    response.content_type = "text/html; charset=utf-8";
    response.headers = {
        {"Cache-Control", "public, max-age=300"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"}};
    response.shared_body = page;
    Reply reply;
    reply.whole = std::move(response);
    co_return reply;
}

}  // namespace rollcall::api::management
