# project_options is what every target of ours links: the language, the warnings and the sanitizers.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_23)
target_include_directories(project_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
target_compile_definitions(project_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS
    $<$<BOOL:${NUAGES_YIELD_POINTS}>:NUAGES_YIELD_POINTS>)
if(NUAGES_WERROR)
    target_compile_options(project_options INTERFACE -Werror)
endif()
if(NUAGES_SANITIZE)
    target_compile_options(project_options INTERFACE "-fsanitize=${NUAGES_SANITIZE}" -fno-omit-frame-pointer)
    target_link_options(project_options INTERFACE "-fsanitize=${NUAGES_SANITIZE}")
endif()
# Boost brings scripts for gdb along, in a section of their own.
target_link_options(project_options INTERFACE "$<$<CONFIG:Release>:LINKER:--strip-debug>")
if(NOT NUAGES_SANITIZE)
    # An editor waits while a program is relocated, and these take an eighth of the room. glibc 2.36 understands them.
    target_link_options(project_options INTERFACE
        "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:LINKER:-z,pack-relative-relocs>")
endif()
if(NUAGES_HARDENED AND NOT NUAGES_SANITIZE)
    set(optimised "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
    target_compile_options(project_options INTERFACE
        "$<${optimised}:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3;-fstack-protector-strong;-fstack-clash-protection>"
        "$<$<AND:${optimised},$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>>:-fcf-protection>")
    target_link_options(project_options INTERFACE "$<${optimised}:LINKER:-z,relro,-z,now,-z,noexecstack>")
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Target autogen makes every .moc and nothing else, which is all that clang-tidy needs built.
set(CMAKE_GLOBAL_AUTOGEN_TARGET ON)
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)
