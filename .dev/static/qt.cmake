# What of Qt the headless program holds: Core alone, without what would bring another library along. Compression,
# regular expressions and numbers are then Qt's own bundled copies. The initial cache of .dev/static/build.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(BUILD_SHARED_LIBS OFF CACHE BOOL "")
set(QT_BUILD_EXAMPLES OFF CACHE BOOL "")
set(QT_BUILD_TESTS OFF CACHE BOOL "")
set(BUILD_WITH_PCH OFF CACHE BOOL "") # the compiler cache knows no precompiled header again

# Not where it will lie: Qt compiles this path in, and the program shall have the same bytes wherever it is built.
set(CMAKE_INSTALL_PREFIX /usr CACHE PATH "")

foreach(feature IN ITEMS
        gui widgets network sql dbus testlib concurrent xml printsupport androiddeployqt qmake
        glib icu libudev zstd slog2 journald syslog backtrace cups openssl vulkan opengl
        system_zlib system_pcre2 system_doubleconversion system_libb2)
    set(FEATURE_${feature} OFF CACHE BOOL "")
endforeach()
