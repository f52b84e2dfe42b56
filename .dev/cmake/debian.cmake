# Run by cpack over what is installed for the packages: manuals are compressed and each package has a changelog, as Debian's
# policy has it (sections 12.1 and 12.7). The same bytes each time, if SOURCE_DATE_EPOCH is set.
file(GLOB pages "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/man/man1/*.1")
file(GLOB documents "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/doc/nuages*")
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(changelogs "")
foreach(folder IN LISTS documents)
    cmake_path(GET folder FILENAME package)
    file(WRITE "${folder}/changelog" "${package} (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
        "  * What changed is in CHANGELOG.md of the sources.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${now}\n")
    list(APPEND changelogs "${folder}/changelog")
endforeach()
execute_process(COMMAND gzip --best --no-name --force ${pages} ${changelogs} COMMAND_ERROR_IS_FATAL ANY)
