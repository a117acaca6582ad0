# The fuzz targets and the layers they exercise; the corpus of each is corpus/<target>.
set(ROLLCALL_FUZZ_TARGETS scim_filter scim_path scim_patch scim_resource scim_bulk cursor jws password_hash)
set(ROLLCALL_FUZZ_LINK_scim_filter scim)
set(ROLLCALL_FUZZ_LINK_scim_path scim)
set(ROLLCALL_FUZZ_LINK_scim_patch scim)
set(ROLLCALL_FUZZ_LINK_scim_resource scim)
set(ROLLCALL_FUZZ_LINK_scim_bulk scim)
set(ROLLCALL_FUZZ_LINK_cursor service)
set(ROLLCALL_FUZZ_PRIVATE_OF_cursor service)
set(ROLLCALL_FUZZ_LINK_jws crypto)
set(ROLLCALL_FUZZ_LINK_password_hash crypto)

# Gives `executable` what the target needs: its layers, and private headers of those in PRIVATE_OF.
function(link_fuzz_target executable target)
  target_link_libraries(${executable} PRIVATE ${ROLLCALL_FUZZ_LINK_${target}})
  foreach(layer ${ROLLCALL_FUZZ_PRIVATE_OF_${target}})
    target_include_directories(${executable} PRIVATE ${CMAKE_BINARY_DIR}/include/${layer}/private)
  endforeach()
endfunction()
