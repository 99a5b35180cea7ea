# SPDX-License-Identifier: GPL-3.0-or-later
# Completions and the manual page, printed by the program itself at build time and installed where shells and man look.
include(GNUInstallDirs)
set(documents "${PROJECT_BINARY_DIR}/share")

function(cupel_cli_document file)
  get_filename_component(folder "${documents}/${file}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(OUTPUT "${documents}/${file}"
    COMMAND cupel ${ARGN} > "${documents}/${file}"
    DEPENDS cupel
    COMMENT "cupel ${ARGN}"
    VERBATIM)
endfunction()

cupel_cli_document(bash-completion/completions/cupel completions bash)
cupel_cli_document(zsh/site-functions/_cupel completions zsh)
cupel_cli_document(fish/vendor_completions.d/cupel.fish completions fish)
cupel_cli_document(man/man1/cupel.1 man)
add_custom_target(cupel_cli_documents ALL DEPENDS
  "${documents}/bash-completion/completions/cupel"
  "${documents}/zsh/site-functions/_cupel"
  "${documents}/fish/vendor_completions.d/cupel.fish"
  "${documents}/man/man1/cupel.1")

install(TARGETS cupel RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${documents}/bash-completion/completions/cupel"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${documents}/zsh/site-functions/_cupel" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${documents}/fish/vendor_completions.d/cupel.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
include(cupel_gzip)
cupel_gzip("${documents}/man/man1/cupel.1" cupel.1.gz)
install(FILES "${documents}/cupel.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
