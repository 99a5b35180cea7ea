# SPDX-License-Identifier: GPL-3.0-or-later
# cupel_gzip(INPUT NAME): share/NAME in the build folder, packed without name and time, so that it is always the same.
find_program(CUPEL_GZIP gzip REQUIRED)
function(cupel_gzip input name)
  set(output "${PROJECT_BINARY_DIR}/share/${name}")
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/share")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CUPEL_GZIP}" -9nc "${input}" > "${output}"
    DEPENDS "${input}"
    VERBATIM)
  add_custom_target(cupel_gzip_${name} ALL DEPENDS "${output}")
endfunction()
