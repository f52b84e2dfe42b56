# nuages_layer(NAME SOURCES file... [LINKS target...] [SYSTEM target...])
#
# One static library for one folder of the layer table. LINKS names the layers below that it may use, SYSTEM
# the libraries from outside; both become part of its public face.
function(nuages_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "SOURCES;LINKS;SYSTEM")
    add_library(${name} STATIC ${layer_SOURCES})
    target_link_libraries(${name} PUBLIC project_options ${layer_LINKS} ${layer_SYSTEM})
endfunction()

# nuages_tests(FOLDER LABEL label SOURCES tst_a.cpp... [CONCURRENT tst_a...] [LINKS target...] [WIDGETS])
#
# One executable with every test class of a folder, and one ctest entry for each class, which runs it alone.
# CONCURRENT names the classes with several threads: `./dev sanitize` repeats those under ThreadSanitizer.
# WIDGETS gives them a QApplication instead of a QCoreApplication. Target all_LABEL builds all folders of a label.
function(nuages_tests folder)
    cmake_parse_arguments(PARSE_ARGV 1 tests "WIDGETS" "LABEL" "SOURCES;CONCURRENT;LINKS")
    string(REPLACE "/" "_" name "tests_${folder}")
    add_executable(${name} ${tests_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    set(support tests_support)
    if(tests_WIDGETS)
        set(support tests_support_widgets)
    endif()
    target_link_libraries(${name} PRIVATE project_options ${support} ${tests_LINKS})
    if(NOT TARGET all_${tests_LABEL})
        add_custom_target(all_${tests_LABEL})
    endif()
    add_dependencies(all_${tests_LABEL} ${name})
    foreach(source IN LISTS tests_SOURCES)
        if(source MATCHES "^tst_.*\\.cpp$")
            get_filename_component(class "${source}" NAME_WE)
            set(labels "${tests_LABEL}")
            if(class IN_LIST tests_CONCURRENT)
                list(APPEND labels concurrent)
            endif()
            add_test(NAME ${folder}/${class} COMMAND ${name} ${class})
            set_tests_properties(${folder}/${class} PROPERTIES LABELS "${labels}" TIMEOUT 600)
        endif()
    endforeach()
endfunction()
