# cmake --install, in four components: `nuages` and `inspector`, a program each with all that belongs to it,
# `documentation`, and `query`, the engine for other programs, which engine/query installs itself. Where completions go differs between distributions, hence the cache variables.
include(GNUInstallDirs)
set(NUAGES_BASH_COMPLETIONS "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" CACHE STRING "For bash.")
set(NUAGES_ZSH_COMPLETIONS "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING "For zsh.")
set(NUAGES_FISH_COMPLETIONS "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" CACHE STRING "For fish.")

# A program with its completions and the licence.
function(nuages_install program component)
    install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT ${component})
    install(FILES "resources/completions/${program}.bash" DESTINATION "${NUAGES_BASH_COMPLETIONS}"
        RENAME ${program} COMPONENT ${component})
    install(FILES "resources/completions/_${program}" DESTINATION "${NUAGES_ZSH_COMPLETIONS}" COMPONENT ${component})
    install(FILES "resources/completions/${program}.fish" DESTINATION "${NUAGES_FISH_COMPLETIONS}"
        COMPONENT ${component})
    install(FILES LICENSE resources/packaging/copyright DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${program}"
        COMPONENT ${component})
endfunction()

nuages_install(nuages nuages)
install(DIRECTORY resources/man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT nuages
    PATTERN nuages-inspector.1 EXCLUDE)
install(DIRECTORY resources/rules resources/ci DESTINATION "${CMAKE_INSTALL_DATADIR}/nuages" COMPONENT nuages)
install(DIRECTORY resources/editors DESTINATION "${CMAKE_INSTALL_DATADIR}/nuages" COMPONENT nuages
    PATTERN vscode EXCLUDE)

if(NUAGES_WINDOW)
    nuages_install(nuages-inspector inspector)
    install(FILES resources/man/nuages-inspector.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT inspector)
    install(FILES resources/desktop/org.nuages.Inspector.desktop
        DESTINATION "${CMAKE_INSTALL_DATADIR}/applications" COMPONENT inspector)
    install(FILES resources/desktop/org.nuages.Inspector.metainfo.xml
        DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo" COMPONENT inspector)
    install(FILES resources/icons/nuages.svg RENAME org.nuages.Inspector.svg
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" COMPONENT inspector)
    install(FILES resources/icons/nuages-symbolic.svg RENAME org.nuages.Inspector-symbolic.svg
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps" COMPONENT inspector)
endif()

install(FILES README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT documentation)
install(DIRECTORY docs DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT documentation PATTERN decisions EXCLUDE)
