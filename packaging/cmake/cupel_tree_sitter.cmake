# SPDX-License-Identifier: GPL-3.0-or-later
# tree-sitter core and Python grammar: fetched and hash-checked by ./dev into .cache/, never committed. Debian's 0.20.7
# corrupts the heap on hostile text, so it is not an alternative.
set(CUPEL_TREE_SITTER_DIR "${PROJECT_SOURCE_DIR}/.cache/tree-sitter" CACHE PATH "Unpacked tree-sitter core and grammar")
set(core "${CUPEL_TREE_SITTER_DIR}/core/vendor/tree-sitter/lib")
set(python "${CUPEL_TREE_SITTER_DIR}/python")
if(NOT EXISTS "${core}/src/lib.c" OR NOT EXISTS "${python}/src/parser.c")
  message(FATAL_ERROR "tree-sitter is not set up: run ./dev setup first")
endif()
add_library(tree_sitter_python STATIC "${core}/src/lib.c" "${python}/src/parser.c" "${python}/src/scanner.c"
  "${PROJECT_SOURCE_DIR}/analyzers/code/tree_walk.c")
target_include_directories(tree_sitter_python SYSTEM PUBLIC "${core}/include" PRIVATE "${core}/src" "${python}/src" "${PROJECT_SOURCE_DIR}")
target_compile_definitions(tree_sitter_python PRIVATE _DEFAULT_SOURCE _POSIX_C_SOURCE=200112L)
target_compile_options(tree_sitter_python PRIVATE -w -O3)
set_target_properties(tree_sitter_python PROPERTIES C_STANDARD 11)
if(CUPEL_SANITIZE)
  target_compile_options(tree_sitter_python PRIVATE -fsanitize=${CUPEL_SANITIZE})
endif()
