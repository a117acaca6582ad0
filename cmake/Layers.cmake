# add_layer(PATH HEADERS … SOURCES … PUBLIC … PRIVATE …)
#
# A layer is a static library named after its folder ("storage/sqlite" -> storage_sqlite). Others
# see only the headers it lists, and only if they link it: its public include root holds links to
# those headers and nothing else, so a forbidden include is "file not found" at the line that is
# wrong. Inside, a layer includes its own files by the same full path ("storage/sqlite/open.hpp").
function(add_layer path)
  cmake_parse_arguments(L "" "" "HEADERS;SOURCES;PUBLIC;PRIVATE" ${ARGN})
  string(REPLACE "/" "_" name ${path})
  set(public_root ${CMAKE_BINARY_DIR}/include/${name}/public)
  set(private_root ${CMAKE_BINARY_DIR}/include/${name}/private)
  get_filename_component(parent "${path}" DIRECTORY)

  file(REMOVE_RECURSE ${public_root} ${private_root})
  file(MAKE_DIRECTORY ${public_root}/${path} ${private_root}/${parent})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${private_root}/${path} SYMBOLIC)
  set(headers)
  foreach(header ${L_HEADERS})
    get_filename_component(folder "${header}" DIRECTORY)
    file(MAKE_DIRECTORY ${public_root}/${path}/${folder})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${header} ${public_root}/${path}/${header} SYMBOLIC)
    list(APPEND headers ${public_root}/${path}/${header})
  endforeach()

  add_library(${name} STATIC ${L_SOURCES})
  target_include_directories(${name} PRIVATE ${private_root})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${public_root} FILES ${headers})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(${name} PUBLIC ${L_PUBLIC} PRIVATE ${L_PRIVATE})
endfunction()

# add_unit_test(NAME SOURCES … LINK … [LABELS …])
#
# One GoogleTest binary and one ctest case. LINK names the layers under test; a test that needs a
# layer's private header names it in PRIVATE_OF.
function(add_unit_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LINK;PRIVATE_OF;LABELS" ${ARGN})
  string(REPLACE "." "_" target test_${name})
  add_executable(${target} ${T_SOURCES})
  target_link_libraries(${target} PRIVATE ${T_LINK} GTest::gmock GTest::gtest_main)
  foreach(layer ${T_PRIVATE_OF})
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/include/${layer}/private)
  endforeach()
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "unit;${T_LABELS}")
endfunction()
