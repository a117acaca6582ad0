# The fuzz targets and the layers they exercise; the corpus of each is corpus/<target>.
set(ROLLCALL_FUZZ_TARGETS scim_filter scim_path scim_patch scim_resource scim_bulk cursor)
set(ROLLCALL_FUZZ_LINK_scim_filter scim)
set(ROLLCALL_FUZZ_LINK_scim_path scim)
set(ROLLCALL_FUZZ_LINK_scim_patch scim)
set(ROLLCALL_FUZZ_LINK_scim_resource scim)
set(ROLLCALL_FUZZ_LINK_scim_bulk scim)
set(ROLLCALL_FUZZ_LINK_cursor service)
