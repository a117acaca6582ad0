// A directory, and text files to write to, that are gone after the test.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <stdlib.h>
#include <string>

namespace rollcall::server {

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        auto pattern = testing::TempDir() + "rollcall-test-XXXXXX";
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        path_ = pattern;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(TemporaryDirectory const&) = delete;
    TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Takes what is printed to file().
class Printed {
public:
    Printed() : file_(std::tmpfile()) {}
    ~Printed() { std::fclose(file_); }
    Printed(Printed const&) = delete;
    Printed& operator=(Printed const&) = delete;

    [[nodiscard]] std::FILE* file() const { return file_; }
    [[nodiscard]] std::string text() const {
        std::string text;
        std::rewind(file_);
        for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) {
            text += static_cast<char>(c);
        }
        return text;
    }

private:
    std::FILE* file_;
};

}  // namespace rollcall::server
