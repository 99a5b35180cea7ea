# SPDX-License-Identifier: GPL-3.0-or-later
# One interface target carries every compile option; nothing is set globally.
add_library(cupel_options INTERFACE)
target_compile_features(cupel_options INTERFACE cxx_std_20)
target_include_directories(cupel_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(cupel_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor;-Woverloaded-virtual>
  $<$<BOOL:${CUPEL_WERROR}>:-Werror>
  -fstack-protector-strong -fvisibility=hidden
  "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
target_link_options(cupel_options INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
# Relocations of our tables take a twentieth of the room.
include(CheckLinkerFlag)
check_linker_flag(CXX "-Wl,-z,pack-relative-relocs" CUPEL_HAS_RELR)
if(CUPEL_HAS_RELR)
  target_link_options(cupel_options INTERFACE -Wl,-z,pack-relative-relocs)
endif()
target_compile_definitions(cupel_options INTERFACE
  $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
if(CUPEL_SANITIZE)
  target_compile_options(cupel_options INTERFACE -fsanitize=${CUPEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined
    -U_FORTIFY_SOURCE)
  target_link_options(cupel_options INTERFACE -fsanitize=${CUPEL_SANITIZE})
endif()
if(CUPEL_FUZZ)
  target_compile_options(cupel_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(cupel_qt_options INTERFACE)
target_link_libraries(cupel_qt_options INTERFACE cupel_options)
target_compile_definitions(cupel_qt_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
