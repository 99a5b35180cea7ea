# SPDX-License-Identifier: GPL-3.0-or-later
# Every third-party library, found once, under one name.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(LZ4 REQUIRED IMPORTED_TARGET liblz4)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(VECTORSCAN REQUIRED IMPORTED_TARGET libhs)
# What finds literals at run time, without the compiler of patterns, is linked in where it is installed: a program that
# loads the whole library needs as long for that as for a small file. Elsewhere the shared library does.
find_library(VECTORSCAN_RUNTIME libhs_runtime.a HINTS ${VECTORSCAN_LIBRARY_DIRS})
mark_as_advanced(VECTORSCAN_RUNTIME)
add_library(cupel_vectorscan INTERFACE)
if(VECTORSCAN_RUNTIME)
  target_link_libraries(cupel_vectorscan INTERFACE "${VECTORSCAN_RUNTIME}")
else()
  target_link_libraries(cupel_vectorscan INTERFACE PkgConfig::VECTORSCAN)
endif()
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)

include(cupel_tree_sitter)

if(CUPEL_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg Network DBus LinguistTools)
  if(CUPEL_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
  endif()
  pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
  pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf)
  find_path(QSCINTILLA_INCLUDE_DIR Qsci/qsciscintilla.h
    PATH_SUFFIXES qt6 ${CMAKE_LIBRARY_ARCHITECTURE}/qt6 REQUIRED)
  find_library(QSCINTILLA_LIBRARY qscintilla2_qt6 REQUIRED)
  add_library(QScintilla::QScintilla UNKNOWN IMPORTED)
  set_target_properties(QScintilla::QScintilla PROPERTIES
    IMPORTED_LOCATION "${QSCINTILLA_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${QSCINTILLA_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS QSCINTILLA_DLL
    INTERFACE_LINK_LIBRARIES "Qt6::Widgets;Qt6::PrintSupport")
endif()
