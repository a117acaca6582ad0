// Runs a fuzz target over the files of its corpus, without libFuzzer: part of every test run, so
// that a crash once found stays found.
#include "check.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

void run_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argument_count, char** arguments) {
    int files = 0;
    for (int i = 1; i < argument_count; ++i) {
        for (auto const& entry : std::filesystem::directory_iterator(arguments[i])) {
            if (!entry.is_regular_file()) continue;
            std::fprintf(stderr, "%s\n", entry.path().c_str());
            run_file(entry.path());
            ++files;
        }
    }
    // An empty corpus would make this test pass without testing anything.
    return files > 0 ? 0 : 1;
}
