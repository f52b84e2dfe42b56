# nuages_layer(NAME SOURCES file... [LINKS target...] [SYSTEM target...])
#
# One static library for one folder of the layer table. LINKS names the layers below that it may use, SYSTEM
# the libraries from outside; both become part of its public face.
function(nuages_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "SOURCES;LINKS;SYSTEM")
    add_library(${name} STATIC ${layer_SOURCES})
    target_link_libraries(${name} PUBLIC project_options ${layer_LINKS} ${layer_SYSTEM})
endfunction()

# nuages_moc(TARGET file...)
#
# Makes name.moc of each file, for `#include "name.moc"` at its end. AUTOMOC would have moc read every header that the
# file includes, for seconds, though it needs none of them to see a class's slots.
function(nuages_moc name)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/moc")
    file(MAKE_DIRECTORY "${folder}")
    foreach(file IN LISTS ARGN)
        get_filename_component(file "${file}" ABSOLUTE)
        get_filename_component(stem "${file}" NAME_WE)
        add_custom_command(OUTPUT "${folder}/${stem}.moc"
            COMMAND Qt6::moc "${file}" -o "${folder}/${stem}.moc"
            DEPENDS "${file}"
            VERBATIM)
        target_sources(${name} PRIVATE "${folder}/${stem}.moc")
    endforeach()
    target_include_directories(${name} PRIVATE "${folder}")
endfunction()

# nuages_tests(FOLDER LABEL label SOURCES tst_a.cpp... [CONCURRENT tst_a...] [LINKS target...] [WIDGETS] [THREADED])
#
# One executable with every test class of a folder, and one ctest entry for each class, which runs it alone.
# THREADED says that the folder's tests meet several threads: `./dev sanitize` runs them under ThreadSanitizer too.
# CONCURRENT names the classes that start threads: it repeats those. A folder with such a class is THREADED.
# WIDGETS gives them a QApplication instead of a QCoreApplication. Target all_threaded builds all folders that are
# THREADED.
function(nuages_tests folder)
    cmake_parse_arguments(PARSE_ARGV 1 tests "WIDGETS;THREADED" "LABEL" "SOURCES;CONCURRENT;LINKS")
    string(REPLACE "/" "_" name "tests_${folder}")
    add_executable(${name} ${tests_SOURCES})
    set(classes "${tests_SOURCES}")
    list(FILTER classes INCLUDE REGEX "^tst_.*\\.cpp$")
    nuages_moc(${name} ${classes})
    set(support tests_support)
    if(tests_WIDGETS)
        set(support tests_support_widgets)
    endif()
    target_link_libraries(${name} PRIVATE project_options ${support} ${tests_LINKS})
    set(folder_labels "${tests_LABEL}")
    if(tests_THREADED OR tests_CONCURRENT)
        if(NOT TARGET all_threaded)
            add_custom_target(all_threaded)
        endif()
        add_dependencies(all_threaded ${name})
        list(APPEND folder_labels threaded)
    endif()
    foreach(source IN LISTS classes)
        get_filename_component(class "${source}" NAME_WE)
        set(labels "${folder_labels}")
        if(class IN_LIST tests_CONCURRENT)
            list(APPEND labels concurrent)
        endif()
        add_test(NAME ${folder}/${class} COMMAND ${name} ${class})
        set_tests_properties(${folder}/${class} PROPERTIES LABELS "${labels}" TIMEOUT 600)
    endforeach()
endfunction()
