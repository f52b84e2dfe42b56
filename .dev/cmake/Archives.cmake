# Boost.JSON and tree-sitter come from their archives where there are any: the loader looks through one shared library
# after another for each of the 8,600 symbols that Qt binds at start, so each library less makes every start shorter
# (docs/performance.md). Under a sanitizer they stay shared: it can leave alone what is in another file.
find_library(NUAGES_BOOST_JSON_ARCHIVE libboost_json.a DOC "Archive of Boost.JSON; empty: the shared library.")
set(Boost_USE_STATIC_LIBS OFF)
set(treeSitterNames tree-sitter)
if(NOT NUAGES_SANITIZE)
    if(NUAGES_BOOST_JSON_ARCHIVE)
        set(Boost_USE_STATIC_LIBS ON)
    endif()
    set(treeSitterNames libtree-sitter.a tree-sitter)
endif()
