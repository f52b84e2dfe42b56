# The headless program as one file: no library, no loader, and so no version of either that a system must have. What
# it holds of Qt comes from a prefix in CMAKE_PREFIX_PATH, all else from the archives of Debian's packages.
if(NUAGES_STATIC)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
    # The kernel still loads it at a random address.
    add_compile_options(-fPIE -ffunction-sections -fdata-sections)
    add_link_options(-static-pie LINKER:--gc-sections,--strip-all,-z,pack-relative-relocs)
endif()
