# The one place that decides how every target is compiled.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  message(FATAL_ERROR
    "Rollcall cannot be built with g++ ${CMAKE_CXX_COMPILER_VERSION}: it miscompiles coroutines "
    "(double destruction of temporaries in co_await expressions).\n"
    "Use a preset, which selects clang 19:  cmake --preset release")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

option(ROLLCALL_WARNINGS_AS_ERRORS "Fail the build on any warning" ON)
option(ROLLCALL_FUZZ "Build the libFuzzer targets" OFF)
option(ROLLCALL_COVERAGE "Instrument for source-based coverage" OFF)
set(ROLLCALL_SANITIZE "" CACHE STRING "Comma-separated sanitizers, e.g. address,undefined")

find_program(CCACHE ccache)
if(CCACHE)
  # Relative paths let build directories of one checkout share cached objects.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
                    -Wnon-virtual-dtor -Wimplicit-fallthrough)
if(ROLLCALL_WARNINGS_AS_ERRORS)
  add_compile_options(-Werror)
endif()
if(ROLLCALL_SANITIZE)
  add_compile_options(-fsanitize=${ROLLCALL_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ROLLCALL_SANITIZE})
endif()
if(ROLLCALL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(ROLLCALL_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
add_link_options(-fuse-ld=lld-19)
