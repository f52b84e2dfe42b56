# What stands in front of and behind the compiler: ccache and mold, each only where it is installed.
#
# The paths under the source tree are made relative for ccache, so that two checkouts share their objects.
find_program(NUAGES_CCACHE ccache DOC "ccache; empty: every source is compiled afresh.")
if(NUAGES_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${NUAGES_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

find_program(NUAGES_MOLD mold DOC "The linker mold; empty: the compiler's own choice.")
if(NUAGES_MOLD AND NOT CMAKE_LINKER_TYPE)
    set(CMAKE_LINKER_TYPE MOLD)
endif()
