# What `cpack -G DEB` makes of an installation: nuages with the documentation, and nuages-inspector.
set(CPACK_PACKAGE_NAME nuages)
set(CPACK_PACKAGE_CONTACT "The Nuages authors <maintainers@nuages.example>")
set(CPACK_PACKAGE_DESCRIPTION_FILE "${CMAKE_CURRENT_SOURCE_DIR}/README.md")
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
# The library `query` is in no package.
get_cmake_property(CPACK_COMPONENTS_ALL COMPONENTS)
list(REMOVE_ITEM CPACK_COMPONENTS_ALL query)

# Debian's own ways, between the installation and the packing.
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_SOURCE_DIR}/.dev/cmake/debian.cmake")

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_NUAGES_PACKAGE_NAME nuages)
set(CPACK_DEBIAN_NUAGES_PACKAGE_SUGGESTS "python3-django, nuages-inspector")
set(CPACK_COMPONENT_NUAGES_DESCRIPTION "checker and language server for Django templates
Finds mistakes in the templates of a Django project without running it: on the
command line, in continuous integration, and in every editor that speaks the
Language Server Protocol.")
set(CPACK_DEBIAN_NUAGES_DESCRIPTION "${CPACK_COMPONENT_NUAGES_DESCRIPTION}")

set(CPACK_DEBIAN_INSPECTOR_PACKAGE_NAME nuages-inspector)
set(CPACK_DEBIAN_INSPECTOR_PACKAGE_RECOMMENDS "nuages")
set(CPACK_COMPONENT_INSPECTOR_DESCRIPTION "window into the engine of the Nuages language server
Shows live which queries of a Django project's language server ran after an
edit, which did not have to, and why.")
set(CPACK_DEBIAN_INSPECTOR_DESCRIPTION "${CPACK_COMPONENT_INSPECTOR_DESCRIPTION}")

include(CPack)
cpack_add_component(nuages GROUP nuages)
cpack_add_component(documentation GROUP nuages)
cpack_add_component(inspector GROUP inspector)
