# NUAGES_VERSION_TEXT: the version and, where it is known, the commit, for lsp/server/version.h.
#
# The commit is known from a file, which a source tarball carries in .dev/ and ./dev writes into the build folder, since
# its roots have no git; else from git itself. A new one configures again.
set(commit "")
foreach(file "${CMAKE_SOURCE_DIR}/.dev/commit" "${CMAKE_BINARY_DIR}/commit")
    if(EXISTS "${file}" AND NOT commit)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        file(STRINGS "${file}" commit LIMIT_COUNT 1)
    endif()
endforeach()
if(NOT commit)
    find_package(Git QUIET)
endif()
if(NOT commit AND GIT_FOUND)
    execute_process(COMMAND "${GIT_EXECUTABLE}" rev-parse --short=10 HEAD WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    execute_process(COMMAND "${GIT_EXECUTABLE}" rev-parse --git-path logs/HEAD WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        OUTPUT_VARIABLE log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(log AND EXISTS "${CMAKE_SOURCE_DIR}/${log}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${log}")
    endif()
endif()

set(NUAGES_VERSION_TEXT "${PROJECT_VERSION}")
if(commit)
    string(APPEND NUAGES_VERSION_TEXT " (${commit})")
endif()
