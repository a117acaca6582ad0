// Files as GoogleTest cases; requests in process.
#include "replay/playing.hpp"

#include "directory/connection_options.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace rollcall::replay {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(fs::path const& root, std::string_view extension) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() == extension) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string test_name(fs::path const& root, fs::path const& file) {
    auto name = fs::relative(file, root).replace_extension().generic_string();
    std::ranges::replace_if(name, [](char c) { return c == '-' || c == '/'; }, '_');
    return name;
}

}  // namespace

directory::IdentityProvider provider_of(std::string_view client) {
    if (client == "entra") return directory::IdentityProvider::microsoft_entra;
    // Its extensions know nothing of kinds, and are set up as any client.
    if (client == "keycloak") return directory::IdentityProvider::generic;
    auto const provider = directory::parse_identity_provider(client);
    return provider.value_or(directory::IdentityProvider::generic);
}

directory::ConnectionOptions options_beside(fs::path file) {
    std::ifstream in(file.replace_extension(".options"));
    directory::ConnectionOptions options;
    for (std::string name, value; std::getline(in, name, '=') && std::getline(in, value);) {
        auto const set = directory::set_option(options, name, value);
        if (!set) throw std::runtime_error(file.string() + ": " + set.error().message());
    }
    return options;
}

Response send(StoreKind const& kind, tests::ProviderSide& side, tests::Connected const& connected,
              Request const& request) {
    if (kind.reopened_each_step) side.reopen();
    auto answer = tests::call(side.api(), request.method, connected.path + request.path,
                              request.headers, request.body);
    Response response{answer.response.status, answer.response.headers, answer.body(),
                      answer.context.notes};
    if (!answer.response.content_type.empty()) {
        response.headers.emplace_back("Content-Type", answer.response.content_type);
    }
    return response;
}

void register_files(fs::path const& root, std::string_view extension,
                    std::function<testing::Test*(StoreKind const&, fs::path const&)> const& make) {
    for (auto const& kind : store_kinds()) {
        for (auto const& file : files_below(root, extension)) {
            testing::RegisterTest(kind.name.c_str(), test_name(root, file).c_str(), nullptr,
                                  file.c_str(), __FILE__, __LINE__,
                                  [&kind, file, make] { return make(kind, file); });
        }
    }
}

}  // namespace rollcall::replay
