# nuages_grammar_python: the parser tables of tree-sitter-python, compiled as they come from its registry package.
#
# 0.23.6 is the last version of grammar ABI 14, which Debian 13's libtree-sitter reads. The sources are not ours
# and not in the tree; `./dev grammar` fetches them once and checks their hashes.
set(grammar "tree-sitter-python-0.23.6")

if(NUAGES_GRAMMAR_DIR)
    set(grammarDir "${NUAGES_GRAMMAR_DIR}")
elseif(EXISTS "${CMAKE_SOURCE_DIR}/.dev/grammar/parser.c") # a source tarball has it
    set(grammarDir "${CMAKE_SOURCE_DIR}/.dev/grammar")
elseif(DEFINED ENV{NUAGES_CACHE})
    set(grammarDir "$ENV{NUAGES_CACHE}/grammars/${grammar}")
elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(grammarDir "$ENV{XDG_CACHE_HOME}/nuages/grammars/${grammar}")
else()
    set(grammarDir "$ENV{HOME}/.cache/nuages/grammars/${grammar}")
endif()

# The folder of `./dev grammar`, or the package as npm and cargo unpack it.
find_path(grammarSource parser.c PATHS "${grammarDir}" "${grammarDir}/src" "${grammarDir}/package/src"
    NO_DEFAULT_PATH NO_CACHE)
if(NOT grammarSource)
    message(FATAL_ERROR "The Python grammar ${grammar} is not in ${grammarDir}. Run ./dev grammar, or unpack the "
        "package tree-sitter-python 0.23.6 of npm and pass its folder as -DNUAGES_GRAMMAR_DIR=FOLDER.")
endif()

add_library(nuages_grammar_python STATIC "${grammarSource}/parser.c" "${grammarSource}/scanner.c")
target_include_directories(nuages_grammar_python PRIVATE "${grammarSource}")
target_compile_options(nuages_grammar_python PRIVATE -w)
set_target_properties(nuages_grammar_python PROPERTIES C_STANDARD 11 UNITY_BUILD OFF EXPORT_COMPILE_COMMANDS OFF)
